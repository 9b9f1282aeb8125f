package org.keptnative.api.service;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Map;

/**
 * A service to be.
 *
 * @param serviceName its name in every stage
 * @param helmChart base64 of a .tgz, for a helm-service that follows
 * @param deploymentStrategies {@code direct} or {@code duplicate} by stage, or for all by {@code *}
 */
record CreateService(
        @Schema(required = true, examples = "carts", minLength = 1, maxLength = 200)
        String serviceName,

        @Schema(description = "a chart for a helm-service that follows: a .tgz in base64")
        String helmChart,

        @Schema(description = "`direct` or `duplicate`, by stage or for all by `*`", examples = "{\"*\":\"direct\"}")
        Map<String, String> deploymentStrategies) {

    CreateService {
        helmChart = helmChart == null ? "" : helmChart;
        deploymentStrategies = deploymentStrategies == null ? Map.of() : deploymentStrategies;
    }
}
