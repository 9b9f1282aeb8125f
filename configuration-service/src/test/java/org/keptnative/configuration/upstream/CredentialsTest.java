package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where credentials are kept, and those that are kept where former editions had them. */
class CredentialsTest extends ReplicaFixture {

    @Test
    void credentials_of_a_former_edition_serve_until_they_are_replaced() throws IOException {
        server.create("former");
        server.create("next");
        replica.create("shop", upstream("former"), "dev");
        Path former = underTheNameAlone("shop");
        Replica restarted = restarted();

        restarted.put("shop", "dev", "a", "1");
        assertThat(restarted.writer.withToken(restarted.projects.get("shop"))).contains(upstream("former"));
        restarted.writer.replace(restarted.projects.get("shop"), upstream("next"));

        assertThat(former).doesNotExist();
        restarted.put("shop", "dev", "a", "2");
    }

    @Test
    void they_stay_where_the_next_ones_are_refused_and_go_with_the_project() throws IOException {
        server.create("former");
        replica.create("shop", upstream("former"), "dev");
        Path former = underTheNameAlone("shop");
        Replica restarted = restarted();

        assertThatThrownBy(() -> restarted.writer.replace(restarted.projects.get("shop"), upstream("missing")))
                .isInstanceOf(GitException.class);
        restarted.put("shop", "dev", "a", "1");
        restarted.delete("shop");

        assertThat(former).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_is_no_matter_of_other_projects() throws IOException {
        server.create("broken");
        server.create("whole");
        replica.create("broken", upstream("broken"), "dev");
        Files.writeString(kept().get(0), "{");
        replica.create("whole", upstream("whole"), "dev");
        Replica restarted = restarted();

        assertThatThrownBy(() -> restarted.put("broken", "dev", "a", "1"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("set the upstream again");

        restarted.put("whole", "dev", "a", "1");
        restarted.writer.replace(restarted.projects.get("broken"), upstream("broken"));
        restarted.put("broken", "dev", "a", "1");
        restarted.delete("broken");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void one_that_cannot_be_saved_keeps_nobody_from_the_others() {
        server.create("first");
        server.create("second");
        AtomicBoolean inTheWay = new AtomicBoolean(true);
        CredentialStore files = credentials;
        credentials = new CredentialStore() {
            @Override
            public Optional<Upstream> find(String key) {
                return files.find(key);
            }

            @Override
            public void save(String key, Upstream upstream) {
                if (inTheWay.getAndSet(false)) {
                    throw new UncheckedIOException(new NoSuchFileException(key));
                }
                files.save(key, upstream);
            }

            @Override
            public void delete(String key) {
                files.delete(key);
            }
        };
        Replica hindered = newReplica();

        assertThatThrownBy(() -> hindered.create("first", upstream("first"), "dev"))
                .isInstanceOf(GitException.class);

        hindered.create("second", upstream("second"), "dev");
        hindered.put("second", "dev", "a", "1");
    }

    @Test
    void what_a_kill_has_left_goes_at_the_next_start() throws IOException {
        server.create("used");
        replica.create("shop", upstream("used"), "dev");
        replica.create("plain", null, "dev");
        List<Path> used = new ArrayList<>(kept());
        for (String key : List.of("shop", "plain", "vanished")) {
            credentials.save(key + ".0123456789abcdef0123", upstream("left"));
        }
        credentials.save(".1234", upstream("left"));
        credentials.save("to-come", upstream("by-hand"));
        used.add(temporary.resolve("credentials/to-come.upstream.json"));
        replica.create("broken", null, "dev");
        Path broken = temporary.resolve("data/broken.git/refs/keptn/upstream");
        Files.writeString(broken, "0123456789abcdef012301234567890123456789\n");
        credentials.save("broken.0123456789abcdef0123", upstream("kept"));
        used.add(temporary.resolve("credentials/broken.0123456789abcdef0123.upstream.json"));
        assertThat(new FileCredentialStore(temporary.resolve("none"), false).savedBefore(Instant.MAX))
                .isEmpty();
        CredentialStore elsewhere = new FileCredentialStore(temporary.resolve("credentials"), true);

        replica.sweep(credentials, Instant.now().minusSeconds(60));
        assertThat(kept()).as("what may be about to be used").hasSize(7);
        replica.sweep(elsewhere, Instant.now().plusSeconds(60));
        assertThat(kept()).as("what others may use").hasSize(6);
        replica.sweep(credentials, Instant.now().plusSeconds(60));
        assertThat(kept()).containsExactlyInAnyOrderElementsOf(used);
        replica.put("shop", "dev", "a", "1");
    }

    @Test
    void replicas_that_save_at_once_are_in_nobodys_way() throws Exception {
        Path folder = temporary.resolve("credentials");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> savings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CredentialStore store = new FileCredentialStore(folder, true);
            savings.add(threads.submit(() -> {
                for (int round = 0; round < 100; round++) {
                    store.save("shop", upstream("shop"));
                }
            }));
        }
        for (Future<?> saving : savings) {
            saving.get();
        }
        threads.shutdown();

        assertThat(kept()).hasSize(1);
        assertThat(credentials.find("shop")).contains(upstream("shop"));
    }

    private Path underTheNameAlone(String project) throws IOException {
        Path former = temporary.resolve("credentials/" + project + ".upstream.json");
        return Files.move(kept().get(0), former);
    }

    private Replica restarted() throws IOException {
        replica.close();
        return newReplica();
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("credentials"))) {
            return files.toList();
        }
    }
}
