package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/**
 * Upstreams that take connections and say nothing. What they cost the others, and how much of it is their clients' own
 * work, {@code deploy/bench/hanging} shows.
 */
class HangingUpstreamTest extends ReplicaFixture {

    private static final int HANGING = 4;
    private static final int CLIENTS_EACH = 20;
    private static final int SAMPLE = 5;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void stopClients() {
        clients.shutdownNow();
    }

    @Test
    void they_are_in_nobody_elses_way_and_hold_nobody_beyond_the_deadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 2000, InetAddress.getLoopbackAddress())) {
            replica = new Replica(temporary.resolve("hanging"), credentials, Duration.ofSeconds(4));
            replica.create("local", null, "dev");
            server.create("healthy");
            replica.create("healthy", upstream("healthy"), "dev");
            AtomicBoolean using = new AtomicBoolean(true);
            List<Future<?>> stuck = new ArrayList<>();
            for (int i = 0; i < HANGING; i++) {
                String name = "hanging" + i;
                hang(name, "http://localhost:" + silent.getLocalPort() + "/x.git");
                for (int client = 0; client < CLIENTS_EACH; client++) {
                    String file = "file" + client;
                    stuck.add(clients.submit(() -> {
                        do {
                            refused(name, file);
                            Thread.sleep(500);
                        } while (using.get());
                        return null;
                    }));
                }
            }

            useOthers();
            assertThat(replica.files("hanging0", "dev")).contains("metadata.yaml");

            using.set(false);
            for (Future<?> client : stuck) {
                client.get();
            }
        }
    }

    private void refused(String project, String file) {
        assertThatThrownBy(() -> replica.put(project, "dev", file, "x"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isIn(Reason.BUSY, Reason.UPSTREAM_SILENT));
    }

    private void useOthers() {
        for (int i = 0; i < SAMPLE; i++) {
            String file = "file" + i;
            assertThat(replica.put("local", "dev", file, "x")).hasSize(40);
            assertThat(replica.put("healthy", "dev", file, "x")).isEqualTo(git(bare("healthy"), "rev-parse", "dev"));
            assertThat(replica.files("healthy", "dev")).contains(file);
        }
    }

    /** The project was fine when it was created. */
    private void hang(String name, String url) throws IOException {
        server.create(name);
        replica.create(name, upstream(name), "dev");
        var project = replica.projects.get(name);
        Upstream silent = Upstream.of(GitServer.USER, "x", url);
        credentials.save(name, silent);
        project.publish(UpstreamRef.of(project).replacedBy(silent).batch());
    }
}
