package org.keptnative.configuration.resource;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.keptnative.configuration.error.ApiException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Turns the URI of a resource, in the spellings that clients use, into a path that is safe in Git. */
final class ResourceUri {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4096;
    private static final int MAX_DEPTH = 100;

    private static final Pattern ENCODED_SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:(/.*)?");
    private static final Pattern OPTIONAL_END = Pattern.compile("(:.*|[. ]+)$");
    private static final ObjectChecker GIT = new ObjectChecker().setSafeForMacOS(true);

    private ResourceUri() {}

    /**
     * The path that a URI in a body means: as it stands there, with or without a leading slash.
     *
     * @throws ApiException 422, when there is none; 400, when it is no path below its project, stage or service
     */
    static String ofBody(String uri) {
        if (uri == null) {
            throw new ApiException(422, "resourceURI in body is required");
        }
        return check(uri);
    }

    /**
     * The path that a request path means for a write: slashes may be raw, encoded once, or encoded twice as some
     * gateways require.
     *
     * @param encoded the parameter as it came, still percent-encoded
     * @throws ApiException 400, when it is no path below its project, stage or service
     */
    static String ofPath(String encoded) {
        String uri = decode(encoded);
        return check(ENCODED_SLASH.matcher(uri).find() ? decode(uri) : uri);
    }

    /**
     * The paths that a request path may mean for a read, the most literal first: some clients encode twice, some
     * write a blank as a plus sign.
     *
     * @throws ApiException 400, when it is no path below its project, stage or service
     */
    static List<String> candidates(String encoded) {
        String uri = decode(encoded);
        String path = check(uri);
        return Stream.of(path, strip(decode(uri)), path.replace('+', ' '))
                .distinct()
                .toList();
    }

    /** How the answer to a read spells the URI. */
    static String echo(String encoded) {
        return decode(encoded);
    }

    private static String check(String uri) {
        String path = strip(uri);
        checkPath(path);
        // Harmless here, but perhaps not for whoever decodes it once more.
        String outer = uri;
        for (String inner = decode(outer); !inner.equals(outer); inner = decode(outer)) {
            checkPath(strip(inner));
            outer = inner;
        }
        return path;
    }

    private static void checkPath(String path) {
        if (!UTF_8.newEncoder().canEncode(path)) {
            throw refuse("is no Unicode text");
        }
        if (path.getBytes(UTF_8).length > MAX_PATH_BYTES) {
            throw refuse("has more than " + MAX_PATH_BYTES + " bytes");
        }
        if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            throw refuse("contains a backslash or a control character");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            throw refuse("is absolute");
        }
        String[] names = path.split("/", -1);
        if (names.length > MAX_DEPTH) {
            throw refuse("has more than " + MAX_DEPTH + " levels");
        }
        for (String name : names) {
            checkName(name);
        }
    }

    private static void checkName(String name) {
        if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            throw refuse("contains a name of more than " + MAX_NAME_BYTES + " bytes");
        }
        if (name.equalsIgnoreCase(".gitmodules")) {
            throw refuse("names a submodule file, and there are no submodules here");
        }
        try {
            checkWithGit(name);
            // Some file systems drop what follows a colon, and dots and blanks at the end.
            String bare = OPTIONAL_END.matcher(name).replaceFirst("");
            if (!bare.isEmpty()) {
                checkWithGit(bare);
            }
        } catch (CorruptObjectException e) {
            throw refuse("contains a name that is empty, a dot, two dots, or reserved by Git");
        }
    }

    private static void checkWithGit(String name) throws CorruptObjectException {
        byte[] bytes = name.getBytes(UTF_8);
        GIT.checkPathSegment(bytes, 0, bytes.length);
    }

    private static String strip(String uri) {
        return uri.startsWith("/") ? uri.substring(1) : uri;
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
