package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

import java.util.List;
import java.util.Map;

/**
 * A service in one stage.
 *
 * @param creationDate nanoseconds since the epoch, as a decimal string
 * @param deployedImage {@code image:tag} of the last finished deployment
 * @param lastEventTypes the last event of each type, by type
 */
public record ExpandedService(
        String serviceName,
        @JsonInclude(Include.NON_EMPTY) String creationDate,
        @JsonInclude(Include.NON_EMPTY) String deployedImage,
        @JsonInclude(Include.NON_EMPTY) Map<String, EventContext> lastEventTypes,
        List<Approval> openApprovals,
        List<Remediation> openRemediations) {}
