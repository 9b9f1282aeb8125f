package org.keptnative.configuration.service;

import java.util.List;
import java.util.Map;

/**
 * What happened to a service in a stage, as far as it is remembered.
 *
 * @param deployedImage {@code image:tag}, or null
 * @param lastEventTypes the last event of each type, by type
 */
public record ServiceState(
        String deployedImage,
        Map<String, EventContext> lastEventTypes,
        List<Approval> openApprovals,
        List<Remediation> openRemediations) {

    /** A service to which nothing has happened yet. */
    public static final ServiceState NONE = new ServiceState(null, Map.of(), List.of(), List.of());
}
