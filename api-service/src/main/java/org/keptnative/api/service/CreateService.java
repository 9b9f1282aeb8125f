package org.keptnative.api.service;

import jakarta.validation.constraints.NotNull;

import java.util.Map;

/**
 * A service to be.
 *
 * @param serviceName its name in every stage
 * @param helmChart base64 of a .tgz, for a helm-service that follows
 * @param deploymentStrategies {@code direct} or {@code duplicate} by stage, or for all by {@code *}
 */
record CreateService(
        @NotNull(message = "is required") String serviceName,
        String helmChart,
        Map<String, String> deploymentStrategies) {

    CreateService {
        helmChart = helmChart == null ? "" : helmChart;
        deploymentStrategies = deploymentStrategies == null ? Map.of() : deploymentStrategies;
    }
}
