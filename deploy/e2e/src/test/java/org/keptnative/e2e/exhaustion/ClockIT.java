package org.keptnative.e2e.exhaustion;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The services' clock jumps, forth and back. Needs Debian's libfaketime. */
class ClockIT {

    private static final String PROJECT = "jumping";
    private static final Duration CLOCK_IS_READ_AFTER = Duration.ofSeconds(2);

    @Test
    @EnabledIfSystemProperty(named = "exhaustion", matches = ".*", disabledReason = "takes long; see make exhaust")
    void aClockThatJumpsStopsNothing() throws Exception {
        Optional<Path> library = library();
        Assumptions.assumeTrue(library.isPresent(), "libfaketime is missing; on Debian: apt-get install libfaketime");
        Path clock = Files.writeString(Installation.newFolder().resolve("clock"), "+0");
        try (Installation installation = Installation.start(Map.of(
                "LD_PRELOAD",
                library.get().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Made for what the line above switches off, and so slow that nothing answers in time.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"))) {
            KeptnUser user = new KeptnUser(installation);
            user.createProject(PROJECT);
            user.createService(PROJECT, "carts");
            Set<String> contexts = new HashSet<>();
            for (String jump : List.of("+0", "+1d", "-1d", "+0")) {
                Files.writeString(clock, jump);
                Thread.sleep(CLOCK_IS_READ_AFTER.toMillis());
                String service = "of-jump-" + contexts.size();
                user.createService(PROJECT, service);

                contexts.add(user.send(Samples.event(
                        "deployment-finished", Map.of("project", PROJECT, "stage", "dev", "service", service))));

                user.store(PROJECT, "", service, new byte[] {1});
                await("delivery after a jump of " + jump)
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> user.getService(PROJECT, "dev", service).path("deployedImage") != null);
            }
            for (String context : contexts) {
                assertThat(user.events("project=" + PROJECT + "&keptnContext=" + context))
                        .isNotEmpty();
            }
        }
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> libraries =
                Files.find(Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("libfaketimeMT.so.1"))) {
            return libraries.findFirst();
        }
    }
}
