package org.keptnative.api.evaluation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Map;

/**
 * Which time is to be evaluated.
 *
 * @param start {@code YYYY-MM-DDThh:mm:ss}, UTC
 * @param end likewise, instead of a timeframe
 * @param timeframe minutes, for example {@code 5m}; without a start, those just past
 * @param labels kept with the evaluation
 */
record Evaluation(
        @Schema(examples = "2026-01-15T10:00:00", description = "YYYY-MM-DDThh:mm:ss, UTC")
        String start,

        @Schema(description = "YYYY-MM-DDThh:mm:ss, UTC; instead of a timeframe")
        String end,

        @Schema(examples = "5m", pattern = "^[0-9]+m", description = "minutes")
        String timeframe,

        @Schema(examples = "{\"build\":\"42\"}", description = "kept with the evaluation")
        Map<String, String> labels) {}
