package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Against a stand-in for the Kubernetes API server, or a real one: {@code -Dkubernetes.server=https://…}, with the
 * service account's folder in {@code -Dkubernetes.account} and its namespace in {@code -Dkubernetes.namespace}.
 */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class SecretCredentialStoreTest {

    @TempDir
    Path temporary;

    private FakeApiServer standIn;
    private SecretCredentialStore store;
    private final String project = "p" + UUID.randomUUID();
    private final Upstream upstream = Upstream.of("keptn", "a-token", "https://git.example.com/x.git");

    @BeforeEach
    void connect() throws Exception {
        String server = System.getProperty("kubernetes.server");
        if (server == null) {
            standIn = new FakeApiServer(temporary);
            store = new SecretCredentialStore(standIn.uri(), temporary, "keptn");
        } else {
            store = new SecretCredentialStore(
                    URI.create(server),
                    Path.of(System.getProperty("kubernetes.account")),
                    System.getProperty("kubernetes.namespace"));
        }
    }

    @AfterEach
    void disconnect() {
        store.delete(project);
        if (standIn != null) {
            standIn.close();
        }
    }

    @Test
    void credentials_are_kept_replaced_and_deleted() {
        assertThat(store.find(project)).isEmpty();

        store.save(project, upstream);
        assertThat(store.find(project)).contains(upstream);

        Upstream renewed = Upstream.of("keptn", "another-token", "https://git.example.com/y.git");
        store.save(project, renewed);
        assertThat(store.find(project)).contains(renewed);

        store.delete(project);
        assertThat(store.find(project)).isEmpty();
        store.delete(project);
    }

    @Test
    void a_namespace_that_is_not_there_is_a_failure() {
        if (standIn == null) {
            return;
        }
        SecretCredentialStore nowhere = new SecretCredentialStore(standIn.uri(), temporary, "none");

        assertThatThrownBy(() -> nowhere.save(project, upstream)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_refusal_says_nothing_secret() throws IOException {
        if (standIn == null) {
            return;
        }
        Files.writeString(temporary.resolve("token"), "expired");

        assertThatThrownBy(() -> store.save(project, upstream))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("401")
                .hasMessageNotContaining("token");
        Files.writeString(temporary.resolve("token"), FakeApiServer.TOKEN);
    }
}
