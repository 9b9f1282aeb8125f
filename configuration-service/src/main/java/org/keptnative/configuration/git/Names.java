package org.keptnative.configuration.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What projects, stages and services may be called. Nothing that fails here ever touches the disk. */
public final class Names {

    /** The branch of the files that belong to the project as a whole; no stage is called so. */
    public static final String MASTER = "master";

    /** So that {@code git-credentials-<project>.<revision>} stays a Kubernetes name (253) and {@code <project>.git} a file name. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern DNS_LIKE = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
    private static final String FORBIDDEN_IN_SERVICE = "/><|:&\\";

    private Names() {}

    public static boolean isProject(String name) {
        return name != null
                && name.length() <= MAX_LENGTH
                && DNS_LIKE.matcher(name).matches();
    }

    public static boolean isStage(String name) {
        return isProject(name) && !MASTER.equals(name);
    }

    public static boolean isService(String name) {
        return name != null
                && !name.isEmpty()
                && name.charAt(0) != '.'
                && name.charAt(0) != '-'
                && name.chars().noneMatch(c -> Character.isISOControl(c) || FORBIDDEN_IN_SERVICE.indexOf(c) >= 0)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
    }

    /** @throws GitException when no project can be called so */
    public static String checkProject(String name) {
        if (!isProject(name)) {
            throw GitException.invalid("projectName must consist of lower case letters, digits and dashes,"
                    + " start with a letter, not end with a dash, and have at most " + MAX_LENGTH + " characters");
        }
        return name;
    }

    /** @throws GitException when no stage can be called so */
    public static String checkStage(String name) {
        if (!isStage(name)) {
            throw GitException.invalid("stageName must consist of lower case letters, digits and dashes,"
                    + " start with a letter, not end with a dash, have at most " + MAX_LENGTH
                    + " characters, and not be " + MASTER);
        }
        return name;
    }

    /** @throws GitException when no service can be called so */
    public static String checkService(String name) {
        if (!isService(name)) {
            throw GitException.invalid("serviceName must not be empty, not start with a dot or a dash,"
                    + " contain no control characters and none of / > < | : & \\, and have at most " + MAX_LENGTH
                    + " bytes");
        }
        return name;
    }
}
