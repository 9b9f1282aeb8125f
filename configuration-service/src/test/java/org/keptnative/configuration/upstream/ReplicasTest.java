package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

/** Two processes on one upstream, and what they know of it. */
class ReplicasTest extends ReplicaFixture {

    private static final String SHOP = "shop";

    private Replica other;

    @BeforeEach
    void createProject() {
        server.create(SHOP);
        replica.create(SHOP, upstream(SHOP), "dev");
        // A project that the other replica has got in its own way.
        Path data = temporary.resolve("other");
        git(
                temporary,
                "clone",
                "--quiet",
                "--mirror",
                temporary.resolve("data/shop.git").toString(),
                data + "/shop.git");
        other = new Replica(data, credentials);
    }

    @Test
    void a_read_shows_what_was_written_just_now_elsewhere() {
        for (int i = 0; i < 3; i++) {
            replica.put(SHOP, "dev", "file" + i, "x");
            assertThat(other.files(SHOP, "dev")).contains("file" + i);
        }
    }

    @Test
    void content_that_is_old_news_elsewhere_is_written_again() {
        replica.put(SHOP, "dev", "a", "1");
        other.files(SHOP, "dev");
        replica.put(SHOP, "dev", "a", "2");

        String version = other.put(SHOP, "dev", "a", "1"); // what it has itself

        assertThat(git(bare(SHOP), "rev-parse", "dev")).isEqualTo(version);
        assertThat(git(bare(SHOP), "show", "dev:a")).isEqualTo("1");
    }

    @Test
    void an_upstream_that_is_offered_and_refused_leaves_nothing() throws IOException {
        server.create("foreign");
        Path clone = cloned("foreign");
        git(clone, "checkout", "--quiet", "-B", "master");
        commit(clone, "README");
        git(clone, "push", "--quiet", "origin", "master");
        String before = listing();

        assertThatThrownBy(() -> replica.writer.replace(replica.projects.get(SHOP), upstream("foreign")))
                .hasMessageContaining("another history");

        assertThat(listing()).isEqualTo(before);
        assertThat(replica.put(SHOP, "dev", "a", "1")).isEqualTo(git(bare(SHOP), "rev-parse", "dev"));
    }

    @Test
    void while_the_credentials_are_away_all_goes_on_that_does_not_need_them() {
        AtomicInteger asked = new AtomicInteger();
        CredentialStore down = new CredentialStore() {
            @Override
            public Optional<Upstream> find(String project) {
                asked.incrementAndGet();
                throw new UncheckedIOException(new IOException("connection refused"));
            }

            @Override
            public void save(String project, Upstream upstream) {
                find(project);
            }

            @Override
            public void delete(String project) {
                find(project);
            }
        };
        Replica cut = new Replica(temporary.resolve("other"), down);

        assertThat(cut.files(SHOP, "dev")).contains("metadata.yaml");
        assertThat(cut.state(SHOP).remoteURI()).isEqualTo(server.url(SHOP));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> cut.put(SHOP, "dev", "a", "1"))
                    .isInstanceOfSatisfying(
                            GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
        assertThat(asked.get()).isEqualTo(1);
    }

    private String listing() throws IOException {
        try (Stream<Path> files = Files.walk(temporary.resolve("data"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("config"))
                    .sorted()
                    .toList()
                    .toString();
        }
    }
}
