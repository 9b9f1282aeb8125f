package org.keptnative.configuration.resource;

import org.keptnative.configuration.error.ApiException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns the URI of a resource, in the spellings that clients use, into a path that is safe in Git. */
public final class ResourceUri {

    private static final Pattern ENCODED_SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);

    private ResourceUri() {}

    /**
     * The path that a URI in a body means: as it stands there, with or without a leading slash.
     *
     * @throws ApiException 422, when there is none; 400, when no file may be called so
     */
    public static String ofBody(String uri) {
        if (uri == null) {
            throw new ApiException(422, "resourceURI in body is required");
        }
        return checked(uri);
    }

    /**
     * The path that a request path means for a write: slashes may be raw, encoded once, or encoded twice as some
     * gateways require.
     *
     * @param encoded the parameter as it came, still percent-encoded
     * @throws ApiException 400, when no file may be called so
     */
    static String ofPath(String encoded) {
        String uri = decode(encoded);
        return checked(ENCODED_SLASH.matcher(uri).find() ? decode(uri) : uri);
    }

    /**
     * The paths that a request path may mean when it deletes what is there: the literal one comes first.
     *
     * @throws ApiException 400, when it leaves its project, stage or service
     */
    static List<String> literal(String encoded) {
        String uri = decode(encoded);
        Stream<String> twice = ENCODED_SLASH.matcher(uri).find() ? Stream.of(decode(uri)) : Stream.empty();
        return Stream.concat(Stream.of(uri), twice)
                .map(ResourceUri::normalise)
                .distinct()
                .toList();
    }

    /**
     * The paths that a request path may mean for a read, the most literal first: some clients encode twice, some
     * write a blank as a plus sign.
     *
     * @throws ApiException 400, when it leaves its project, stage or service
     */
    static List<String> candidates(String encoded) {
        String uri = decode(encoded);
        return Stream.of(uri, decode(uri), uri.replace('+', ' '))
                .map(ResourceUri::normalise)
                .distinct()
                .toList();
    }

    /** How the answer to a read spells the URI. */
    static String echo(String encoded) {
        return decode(encoded);
    }

    private static String checked(String uri) {
        String path = normalise(uri);
        NamePolicy.check(path);
        // Harmless here, but perhaps not for whoever decodes it once more.
        String outer = path;
        for (String inner = decode(outer); !inner.equals(outer); inner = decode(outer)) {
            NamePolicy.check(normalise(inner));
            outer = inner;
        }
        return path;
    }

    /** Without empty names and single dots, as a file system would understand it. */
    private static String normalise(String uri) {
        List<String> names = Stream.of(uri.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        if (names.isEmpty()) {
            throw refuse("names no file");
        }
        if (names.contains("..")) {
            throw refuse("must not contain two dots as a name");
        }
        return String.join("/", names);
    }

    /** Decodes once; a plus sign stays, and so does whatever is no percent-encoded UTF-8. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static ApiException refuse(String reason) {
        return ApiException.badRequest("resourceURI " + reason);
    }
}
