package org.keptnative.api.progress;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelsTest {

    private Instant now = Instant.parse("2020-01-01T00:00:00Z");
    private final Channels channels = new Channels(config(), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void early_frames_reach_every_reader_in_order() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        channels.publish("c", "1");
        channels.publish("c", "2");
        channels.join("c", first::add);
        channels.publish("c", "3");
        channels.publish("other", "x");
        channels.join("c", second::add);
        channels.publish("c", "4");

        assertThat(first).containsExactly("1", "2", "3", "4");
        assertThat(second).containsExactly("1", "2", "3", "4");
    }

    @Test
    void who_has_left_hears_no_more() {
        List<String> frames = new ArrayList<>();
        Reader reader = frames::add;
        channels.join("c", reader);
        channels.publish("c", "1");
        channels.leave("c", reader);
        channels.publish("c", "2");

        assertThat(frames).containsExactly("1");
    }

    @Test
    void frames_are_forgotten_after_a_while() {
        channels.publish("c", "1");
        now = now.plusSeconds(59);
        channels.sweep();
        assertThat(channels.count()).isEqualTo(1);

        now = now.plusSeconds(2);
        channels.sweep();
        assertThat(channels.count()).isZero();
        assertThat(channels.characters()).isZero();
    }

    @Test
    void a_channel_with_a_reader_stays() {
        List<String> frames = new ArrayList<>();
        channels.publish("c", "1");
        channels.join("c", frames::add);
        now = now.plusSeconds(3600);
        channels.sweep();
        channels.publish("c", "2");

        assertThat(frames).containsExactly("1", "2");
    }

    @Test
    void a_reader_who_came_and_went_leaves_nothing() {
        Reader reader = frame -> {};
        channels.join("c", reader);
        channels.leave("c", reader);
        channels.sweep();
        assertThat(channels.count()).isZero();
    }

    @Test
    void a_channel_keeps_its_latest_frames_only() {
        List<String> frames = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> channels.publish("c", "x".repeat(100) + i));
        channels.join("c", frames::add);

        assertThat(frames).hasSizeBetween(10, 50);
        assertThat(frames.get(frames.size() - 1)).endsWith("99");
    }

    @Test
    void channels_that_nobody_reads_cannot_fill_the_memory() {
        IntStream.range(0, 5_000).forEach(i -> channels.publish("c" + i, "x".repeat(1_000)));
        List<String> last = new ArrayList<>();
        channels.join("c4999", last::add);
        channels.sweep();

        assertThat(channels.characters()).isLessThanOrEqualTo(100_000);
        assertThat(channels.count()).isLessThan(100);
        assertThat(last).hasSize(1);
    }

    private static ProgressConfig config() {
        return new ProgressConfig() {
            @Override
            public Duration keepFor() {
                return Duration.ofMinutes(1);
            }

            @Override
            public int charactersPerChannel() {
                return 10_000;
            }

            @Override
            public int characters() {
                return 100_000;
            }
        };
    }
}
