package org.keptnative.configuration.resource;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.keptnative.configuration.error.ApiException;

import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a new file may be called, so that it harms nobody who checks it out; what is there already may have any name. */
final class NamePolicy {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4096;
    private static final int MAX_DEPTH = 100;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:(/.*)?");
    private static final Pattern OPTIONAL_END = Pattern.compile("(:.*|[. ]+)$");
    private static final ObjectChecker GIT = new ObjectChecker().setSafeForMacOS(true);

    private NamePolicy() {}

    /** @throws ApiException 400, when no file may be called so */
    static void check(String path) {
        if (!UTF_8.newEncoder().canEncode(path)) {
            throw refuse("is no Unicode text");
        }
        if (path.getBytes(UTF_8).length > MAX_PATH_BYTES) {
            throw refuse("has more than " + MAX_PATH_BYTES + " bytes");
        }
        if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            throw refuse("contains a backslash or a control character");
        }
        if (DRIVE.matcher(path).matches()) {
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
            throw refuse("contains a name that is reserved by Git");
        }
    }

    private static void checkWithGit(String name) throws CorruptObjectException {
        byte[] bytes = name.getBytes(UTF_8);
        GIT.checkPathSegment(bytes, 0, bytes.length);
    }

    private static ApiException refuse(String reason) {
        return ApiException.badRequest("resourceURI " + reason);
    }
}
