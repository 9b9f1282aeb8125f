package org.keptnative.e2e.chaos;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.ManagedProcess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under load one process after the other is killed, and started again as a supervisor would. In the end all that was
 * acknowledged is there. {@code -Dchaos.rounds=200} says how often, {@code -Dchaos.seed=…} repeats the order.
 *
 * <p>With {@code -Dchaos.replicas=3} there are so many of each service, of which one is killed every five seconds, or when
 * the one before is back where that takes longer. Then a request may fail only if it was under way at a kill.
 */
class ChaosIT {

    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 5);
    private static final int REPLICAS = Integer.getInteger("chaos.replicas", 1);
    private static final long SEED = Long.getLong("chaos.seed", System.currentTimeMillis());
    private static final boolean ON_DISK = REPLICAS == 1 && !"mongodb".equals(System.getenv("CONFIGURATION_STORE"));
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(5);

    private final Random random = new Random(SEED);
    private final List<Kill> kills = new ArrayList<>();

    /** The time, of {@link System#nanoTime()}, before and after the end of the process. */
    private record Kill(long from, long to) {
        boolean hit(Load.Failure request) {
            return request.from() <= to && from <= request.to();
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesEveryKill() throws Exception {
        try (RecordingFollower follower = new RecordingFollower();
                Installation installation = start(follower)) {
            KeptnUser user = new KeptnUser(installation);
            user.createProject(Load.PROJECT);
            user.createService(Load.PROJECT, "carts");
            Load load = new Load(installation);
            for (int round = 1; round <= ROUNDS; round++) {
                awaitNextKill();
                ManagedProcess victim = killOneOf(victims(installation));
                load.awaitMoreOfEach();
                System.out.printf("round %d of seed %d: killed %s; %s%n", round, SEED, victim.name(), load);
            }
            load.stop();

            Outcome outcome = new Outcome(installation, load);
            outcome.assertNothingIsLost(follower);
            if (ON_DISK) {
                outcome.assertRepositoriesAreSound();
            }
            if (REPLICAS > 1) {
                assertThat(load.failures).allMatch(request -> kills.stream().anyMatch(kill -> kill.hit(request)));
            }
        }
    }

    private static Installation start(RecordingFollower follower) {
        Map<String, String> environment = new HashMap<>(follower.environment());
        if (REPLICAS > 1) {
            environment.put("CONFIGURATION_STORE", "mongodb");
        }
        return Installation.start(environment, Installation.newFolder(), REPLICAS);
    }

    private static List<ManagedProcess> victims(Installation installation) {
        return REPLICAS > 1 ? installation.serviceProcesses() : installation.processes();
    }

    private void awaitNextKill() throws InterruptedException {
        long pause = random.nextInt(1000);
        if (REPLICAS > 1 && !kills.isEmpty()) {
            long since = System.nanoTime() - kills.get(kills.size() - 1).from();
            pause = Math.max(0, BETWEEN_KILLS.minusNanos(since).toMillis());
        }
        Thread.sleep(pause);
    }

    private ManagedProcess killOneOf(List<ManagedProcess> processes) throws InterruptedException {
        ManagedProcess victim = processes.get(random.nextInt(processes.size()));
        long from = System.nanoTime();
        victim.kill();
        kills.add(new Kill(from, System.nanoTime()));
        Thread.sleep(random.nextInt(500));
        victim.start();
        victim.awaitReady();
        assertThat(processes).as("after %s", victim.name()).allMatch(ManagedProcess::isAlive);
        return victim;
    }
}
