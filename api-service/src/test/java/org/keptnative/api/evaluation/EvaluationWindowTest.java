package org.keptnative.api.evaluation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.api.error.ApiException;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EvaluationWindowTest {

    private static final Instant NOW = Instant.parse("2020-06-01T12:00:00.123Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                        |                     |      | 2020-06-01T11:55:00.123Z | 2020-06-01T12:00:00.123Z",
                "''                      | ''                  | ''   | 2020-06-01T11:55:00.123Z | 2020-06-01T12:00:00.123Z",
                "                        |                     | 10m  | 2020-06-01T11:50:00.123Z | 2020-06-01T12:00:00.123Z",
                "                        |                     | 5min | 2020-06-01T11:55:00.123Z | 2020-06-01T12:00:00.123Z",
                "2020-05-01T10:00:00     |                     | 5m   | 2020-05-01T10:00:00Z     | 2020-05-01T10:05:00Z",
                "2020-05-01T10:00:00     |                     | +1m  | 2020-05-01T10:00:00Z     | 2020-05-01T10:01:00Z",
                "2020-05-01T10:00:00     | 2020-05-01T10:01:00 |      | 2020-05-01T10:00:00Z     | 2020-05-01T10:01:00Z",
                "2020-05-01T10:00:00.25  | 2020-05-02T00:00:00 |      | 2020-05-01T10:00:00.250Z | 2020-05-02T00:00:00Z",
                "2020-02-29T00:00:00     | 2020-03-01T00:00:00 |      | 2020-02-29T00:00:00Z     | 2020-03-01T00:00:00Z",
            })
    void start_end_and_timeframe_say_which_time_is_meant(
            String start, String end, String timeframe, Instant from, Instant to) {
        assertThat(EvaluationWindow.of(start, end, timeframe, NOW)).isEqualTo(new EvaluationWindow(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-05-01T10:00:00  |                      |      | Please provide a timeframe, e.g., --timeframe=5m, or an end date using --end=...",
                "2020-05-01T10:00:00  | 2020-05-01T11:00:00  | 5m   | You can not use --end together with --timeframe",
                "                     | 2020-05-01T11:00:00  | 5m   | You can not use --end together with --timeframe",
                "                     | 2020-05-01T11:00:00  |      | start date is required when using an end date",
                "                     |                      | 5    | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "                     |                      | m    | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "                     |                      | 5h   | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "                     |                      | 5.5m | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "2020-05-01T10:00:00  |                      | xm   | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "                     |                      | 99999999999999m | The time frame format is invalid. Use the format [duration]m, e.g.: 5m",
                "                     |                      | 0m   | end date must be at least 1 minute after start date",
                "                     |                      | -5m  | end date must be at least 1 minute after start date",
                "2020-05-01T10:00:00  | 2020-05-01T10:00:59  |      | end date must be at least 1 minute after start date",
                "2020-05-01T10:00:00  | 2020-05-01T09:00:00  |      | end date must be at least 1 minute after start date",
                "2020-05-01T10:00:00Z | 2020-05-01T11:00:00  |      | \"2020-05-01T10:00:00Z\" is not a date of the format YYYY-MM-DDThh:mm:ss",
                "2020-05-01T10:00:00  | 2020-02-30T11:00:00  |      | \"2020-02-30T11:00:00\" is not a date of the format YYYY-MM-DDThh:mm:ss",
                "2020-05-01T10:00     |                      | 5m   | \"2020-05-01T10:00\" is not a date of the format YYYY-MM-DDThh:mm:ss",
                "9999-05-01T10:00:00  |                      | 2147483647m | The time frame is too long",
                "                     |                      | 2147483647m | The time frame is too long",
            })
    void what_says_nothing_clear_is_refused_in_the_words_of_the_original(
            String start, String end, String timeframe, String message) {
        assertThatThrownBy(() -> EvaluationWindow.of(start, end, timeframe, NOW))
                .isInstanceOf(ApiException.class)
                .hasMessage(message)
                .extracting(refusal -> ((ApiException) refusal).status())
                .isEqualTo(400);
    }

    @Test
    void a_minute_is_long_enough() {
        assertThat(EvaluationWindow.of(null, null, "1m", NOW).start()).isEqualTo(NOW.minusSeconds(60));
    }
}
