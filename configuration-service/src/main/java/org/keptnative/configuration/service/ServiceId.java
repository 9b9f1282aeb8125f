package org.keptnative.configuration.service;

/**
 * Names one life of a service in a stage: a service that is deleted and created again is another one, so that nothing
 * that happened to the former is ever shown of the latter.
 *
 * @param created when it was created, in nanoseconds since the epoch; null when its metadata do not say
 */
public record ServiceId(String project, String stage, String service, Long created) {

    /** As clients see it; null when it is not known. */
    String creationDate() {
        return created == null ? null : created.toString();
    }
}
