package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

import java.util.List;

/**
 * A service with every stage that has it.
 *
 * @param creationDate nanoseconds since the epoch, as a decimal string; that of the first stage
 */
public record ExpandedServiceWithStageInfo(
        String serviceName, @JsonInclude(Include.NON_EMPTY) String creationDate, List<ServiceStageInfo> stageInfo) {}
