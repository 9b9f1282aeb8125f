package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/**
 * Upstreams that take connections and say nothing. {@code -Dhanging.upstreams=50 -Dhanging.clients=10
 * -Dhanging.sample=200} makes more of them, and better figures of what they cost the others.
 */
class HangingUpstreamTest extends ReplicaFixture {

    private static final int HANGING = Integer.getInteger("hanging.upstreams", 4);
    private static final int CLIENTS_EACH = Integer.getInteger("hanging.clients", 20);
    private static final int SAMPLE = Integer.getInteger("hanging.sample", 5);

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void stopClients() {
        clients.shutdownNow();
    }

    @Test
    void they_slow_nobody_else_and_hold_nobody_beyond_the_deadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 2000, InetAddress.getLoopbackAddress())) {
            replica = new Replica(temporary.resolve("hanging"), credentials, Duration.ofSeconds(4));
            replica.create("local", null, "dev");
            server.create("healthy");
            replica.create("healthy", upstream("healthy"), "dev");
            String quiet = costs("quiet");
            AtomicBoolean measuring = new AtomicBoolean(true);
            List<Future<?>> stuck = new ArrayList<>();
            for (int i = 0; i < HANGING; i++) {
                String name = "hanging" + i;
                hang(name, "http://localhost:" + silent.getLocalPort() + "/x.git");
                for (int client = 0; client < CLIENTS_EACH; client++) {
                    String file = "file" + client;
                    stuck.add(clients.submit(() -> {
                        do {
                            refused(name, file);
                        } while (measuring.get());
                    }));
                }
            }

            System.out.printf(
                    "hanging=%d clients=%d%n quiet:  %s%n beside: %s%n",
                    HANGING, HANGING * CLIENTS_EACH, quiet, costs("beside"));
            assertThat(replica.files("hanging0", "dev")).contains("metadata.yaml");

            measuring.set(false);
            for (Future<?> client : stuck) {
                client.get();
            }
        }
    }

    private void refused(String project, String file) {
        assertThatThrownBy(() -> replica.put(project, "dev", file, "x"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(GitException.Reason.BUSY));
    }

    /** Of writes and reads of other projects, in milliseconds. */
    private String costs(String folder) {
        double[] local = new double[SAMPLE];
        double[] healthy = new double[SAMPLE];
        double[] reads = new double[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            String file = folder + "/file" + i;
            local[i] = milliseconds(
                    () -> assertThat(replica.put("local", "dev", file, "x")).hasSize(40));
            healthy[i] = milliseconds(() -> assertThat(replica.put("healthy", "dev", file, "x"))
                    .isEqualTo(git(bare("healthy"), "rev-parse", "dev")));
            reads[i] = milliseconds(
                    () -> assertThat(replica.files("healthy", "dev")).contains(file));
        }
        return "local write %s, write through an upstream %s, read through an upstream %s"
                .formatted(shown(local), shown(healthy), shown(reads));
    }

    private static double milliseconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private static String shown(double[] sample) {
        Arrays.sort(sample);
        return "median %.1f 99%% %.1f".formatted(sample[sample.length / 2], sample[sample.length * 99 / 100]);
    }

    /** The project was fine when it was created. */
    private void hang(String name, String url) throws IOException {
        server.create(name);
        replica.create(name, upstream(name), "dev");
        var project = replica.projects.get(name);
        Upstream silent = Upstream.of(GitServer.USER, "x", url);
        credentials.save(name, silent);
        project.publish(UpstreamRef.of(project).replacedBy(silent));
    }
}
