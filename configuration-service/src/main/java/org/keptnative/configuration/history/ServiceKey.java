package org.keptnative.configuration.history;

/**
 * Names one life of a service in a stage: a service that is deleted and created again starts without a history, and a
 * late event of the former one changes nothing that is shown.
 *
 * @param created when the service was created, decimal nanoseconds since the epoch as Git has it; may be empty
 */
public record ServiceKey(String project, String stage, String service, String created) {

    /** No name holds a slash and the creation date no at sign, so two keys never share an id. */
    String id() {
        return project + "/" + stage + "/" + service + "@" + created;
    }
}
