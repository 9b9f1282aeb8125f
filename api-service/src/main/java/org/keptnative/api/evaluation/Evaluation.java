package org.keptnative.api.evaluation;

import java.util.Map;

/**
 * Which time is to be evaluated.
 *
 * @param start {@code YYYY-MM-DDThh:mm:ss}, UTC
 * @param end likewise, instead of a timeframe
 * @param timeframe minutes, for example {@code 5m}; without a start, those just past
 * @param labels kept with the evaluation
 */
record Evaluation(String start, String end, String timeframe, Map<String, String> labels) {}
