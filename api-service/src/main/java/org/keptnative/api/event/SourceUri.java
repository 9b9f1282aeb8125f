package org.keptnative.api.event;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of an event as the original keeps it: what Go's {@code url.Parse} takes, written as its {@code String} writes
 * it. People send {@code GitLab CI} as well as URLs, and find their events by what was made of it.
 */
final class SourceUri {

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern ASCII_ESCAPE = Pattern.compile("%(?!25)[0-7][0-9a-fA-F]");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
    private static final Pattern COLON_IN_FIRST_SEGMENT = Pattern.compile("^[^/]*:");
    private static final Pattern USER = Pattern.compile("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[^\\]]*\\]|[a-zA-Z0-9._~!$&'()*+,;=\\[\\]<>\"%\\x{80}-\\x{10ffff}-]*)(?::[0-9]*)?");

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    private static final String IN_HOST = UNRESERVED + "!$&'()*+,;=:[]<>\"%";
    private static final String DECODED_IN_PATH = UNRESERVED + "$&+,/:;=@";
    private static final String IN_PATH = DECODED_IN_PATH + "!'()*[]%";
    private static final String DECODED_IN_FRAGMENT = DECODED_IN_PATH + "?!()*";
    private static final String IN_FRAGMENT = DECODED_IN_FRAGMENT + "'[]%";

    private SourceUri() {}

    /** @return nothing if it is none */
    static Optional<String> of(String given) {
        int hash = given.indexOf('#');
        String fragment = hash < 0 ? "" : given.substring(hash + 1);
        String rest = hash < 0 ? given : given.substring(0, hash);
        if (CONTROL.matcher(given).find() || rest.startsWith(":") || isBadlyEscaped(fragment)) {
            return Optional.empty();
        }
        Matcher scheme = SCHEME.matcher(rest);
        String prefix = scheme.find() ? scheme.group().toLowerCase(Locale.ROOT) : "";
        String afterwards = fragment.isEmpty() ? "" : "#" + escaped(fragment, IN_FRAGMENT, DECODED_IN_FRAGMENT);
        return hierarchy(rest.substring(prefix.length()), !prefix.isEmpty()).map(uri -> prefix + uri + afterwards);
    }

    private static Optional<String> hierarchy(String text, boolean hasScheme) {
        int mark = text.indexOf('?');
        String query = mark < 0 ? "" : text.substring(mark);
        String path = mark < 0 ? text : text.substring(0, mark);
        if (!path.startsWith("/")) {
            boolean refused =
                    hasScheme ? false : COLON_IN_FIRST_SEGMENT.matcher(path).find() || isBadlyEscaped(path);
            return refused
                    ? Optional.empty()
                    : Optional.of((hasScheme ? path : escaped(path, IN_PATH, DECODED_IN_PATH)) + query);
        }
        String authority = "";
        if (path.startsWith("//") && (hasScheme || !path.startsWith("///"))) {
            int slash = path.indexOf('/', 2);
            authority = path.substring(2, slash < 0 ? path.length() : slash);
            path = slash < 0 ? "" : path.substring(slash);
        }
        if (isBadlyEscaped(path) || !isAuthority(authority)) {
            return Optional.empty();
        }
        String host = authority.isEmpty() ? "" : "//" + escaped(authority, IN_HOST + "@", IN_HOST + "@");
        return Optional.of(host + escaped(path, IN_PATH, DECODED_IN_PATH) + query);
    }

    private static boolean isAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        return !isBadlyEscaped(authority)
                && USER.matcher(at < 0 ? "" : authority.substring(0, at)).matches()
                && HOST.matcher(host).matches()
                && (host.startsWith("[") || !ASCII_ESCAPE.matcher(host).find());
    }

    private static boolean isBadlyEscaped(String text) {
        return BAD_ESCAPE.matcher(text).find();
    }

    /** As it is if it has none but allowed characters, else decoded and escaped anew. */
    private static String escaped(String text, String allowed, String allowedWhenDecoded) {
        if (text.chars().allMatch(c -> allowed.indexOf(c) >= 0)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            int octet = bytes[i] & 0xff;
            if (octet == '%') {
                octet = Integer.parseInt(text(bytes, i + 1), 16);
                i += 2;
            }
            if (allowedWhenDecoded.indexOf(octet) >= 0) {
                escaped.append((char) octet);
            } else {
                escaped.append('%').append(String.format("%02X", octet));
            }
        }
        return escaped.toString();
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, 2, StandardCharsets.US_ASCII);
    }
}
