package org.keptnative.api.command;

import org.keptnative.api.error.ApiException;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How projects, stages and services may be called. */
public final class Names {

    /** Keeps {@code git-credentials-NAME}, the name of a Secret, within the 253 characters Kubernetes allows. */
    private static final int LONGEST = 200;

    private static final Pattern PROJECT_OR_STAGE = Pattern.compile("[a-z](?:[a-z0-9-]*[a-z0-9])?");
    private static final Pattern SPECIAL = Pattern.compile("[/><|:&\\\\\\p{Cntrl}]");
    /** The branch that holds the files of the project itself. */
    private static final String RESERVED_STAGE = "master";

    private Names() {}

    public static void checkProject(String name) {
        check("Project", name);
    }

    public static void checkStage(String name) {
        check("Stage", name);
        if (name.equals(RESERVED_STAGE)) {
            throw ApiException.badRequest("Stage name master is reserved");
        }
    }

    public static void checkService(String name) {
        if (SPECIAL.matcher(name).find()) {
            throw ApiException.badRequest("Service name contains special character(s). It must not contain any of"
                    + " / > < | : & or \\, nor control characters");
        }
        if (name.isBlank() || name.startsWith(".") || name.startsWith("-")) {
            throw ApiException.badRequest("Service name must not be empty, nor start with a dot or a dash");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw ApiException.badRequest("Service name is longer than " + LONGEST + " bytes");
        }
    }

    private static void check(String kind, String name) {
        if (name.length() > LONGEST) {
            throw ApiException.badRequest(kind + " name is longer than " + LONGEST + " characters");
        }
        if (!PROJECT_OR_STAGE.matcher(name).matches()) {
            throw ApiException.badRequest(kind + " name contains upper case letter(s) or special character(s), or does"
                    + " not start with a letter or ends with a dash: \"" + name + "\"");
        }
    }
}
