package org.keptnative.configuration.stage;

import org.keptnative.configuration.service.ExpandedService;

import java.util.List;

/** A stage with its services. */
public record ExpandedStage(String stageName, List<ExpandedService> services) {}
