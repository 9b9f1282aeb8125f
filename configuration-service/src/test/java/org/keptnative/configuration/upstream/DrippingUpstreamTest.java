package org.keptnative.configuration.upstream;

import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.git;

/** Upstreams that never stop answering: each read succeeds, and nothing ever comes of it. */
@Timeout(60)
class DrippingUpstreamTest extends ReplicaFixture {

    enum Dripping {
        HEADERS("HTTP/1.1 200 OK\r\n", "A: b\r\n"),
        BODY(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                        + "Content-Length: 100000\r\n\r\nffff# ",
                "x"),
        CHUNKS(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n6\r\nffff# \r\n",
                "1\r\nx\r\n");

        private final String beginning;
        private final String drop;

        Dripping(String beginning, String drop) {
            this.beginning = beginning;
            this.drop = drop;
        }
    }

    private static final int SECONDS = 1;

    private final CountDownLatch letGo = new CountDownLatch(1);
    private ServerSocket drips;

    @BeforeEach
    void listen() throws IOException {
        drips = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        drips.close();
    }

    @ParameterizedTest
    @EnumSource
    void they_are_let_go_of(Dripping dripping) throws Exception {
        serve(dripping);

        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("x"))) {
            GitRemote remote = new GitRemote(dripping(), Replica.connections(), SECONDS);

            assertThatThrownBy(() -> remote.fetch(repository, any -> Set.of()))
                    .isInstanceOfSatisfying(
                            GitException.class,
                            e -> assertThat(e.reason()).isEqualTo(GitException.Reason.UPSTREAM_UNREACHABLE))
                    .hasMessageContaining("the Git server takes too long");
        }
        assertThat(letGo.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_project_goes_on_and_nothing_is_left() throws Exception {
        serve(Dripping.BODY);
        Path data = temporary.resolve("dripped");
        replica = new Replica(data, credentials, Duration.ofSeconds(3), SECONDS);
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev");
        use(dripping());

        assertThatThrownBy(() -> replica.put("shop", "dev", "file", "x")).isInstanceOf(GitException.class);
        assertThat(replica.files("shop", "dev")).contains("metadata.yaml");
        assertThat(letGo.await(20, TimeUnit.SECONDS)).isTrue();
        drips.close();
        use(upstream("shop"));

        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> replica.put("shop", "dev", "file", "y").length() == 40);
        await().until(() -> unfinished(data).isEmpty());
    }

    @Test
    void none_is_waited_for_when_it_is_set() {
        serve(Dripping.BODY);
        replica = new Replica(temporary.resolve("set"), credentials, Duration.ofSeconds(3), SECONDS);
        server.create("shop");
        replica.create("shop", upstream("shop"), "dev");

        assertThatThrownBy(() -> replica.writer.replace(replica.projects.get("shop"), dripping()))
                .hasMessageContaining("the Git server takes too long");
        assertThatThrownBy(() -> replica.create("other", dripping(), "dev"))
                .hasMessageContaining("the Git server takes too long");

        assertThat(replica.projects.exists("other")).isFalse();
        assertThat(replica.put("shop", "dev", "file", "x")).isEqualTo(git(bare("shop"), "rev-parse", "dev"));
    }

    private void use(Upstream upstream) throws IOException {
        var project = replica.projects.get("shop");
        credentials.save("shop", upstream);
        project.publish(UpstreamRef.of(project).replacedBy(upstream).batch());
    }

    private Upstream dripping() {
        return Upstream.of(GitServer.USER, "a-token", "http://localhost:" + drips.getLocalPort() + "/x.git");
    }

    private static List<Path> unfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".unfinished"))
                    .toList();
        }
    }

    private void serve(Dripping dripping) {
        Thread accepting = new Thread(() -> {
            while (!drips.isClosed()) {
                try {
                    Socket socket = drips.accept();
                    new Thread(() -> drip(socket, dripping)).start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Until the other side is gone. */
    private void drip(Socket socket, Dripping dripping) {
        try (socket) {
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isPositive();
            OutputStream out = socket.getOutputStream();
            out.write(dripping.beginning.getBytes(US_ASCII));
            while (true) {
                out.write(dripping.drop.getBytes(US_ASCII));
                out.flush();
                Thread.sleep(200);
            }
        } catch (IOException e) {
            letGo.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
