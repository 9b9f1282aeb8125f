package org.keptnative.datastore.query;

/** Which type of event declares events of a type void. */
final class Invalidation {

    private static final String EVALUATION_DONE = "sh.keptn.events.evaluation-done";
    private static final String SUFFIX = "invalidated";

    private Invalidation() {}

    static String of(String type) {
        if (type.equals(EVALUATION_DONE)) {
            return "sh.keptn.events.evaluation." + SUFFIX;
        }
        return type.substring(0, type.lastIndexOf('.') + 1) + SUFFIX;
    }
}
