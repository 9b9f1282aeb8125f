package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.StoreKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.keptnative.configuration.git.GitCommand.git;

/** A Git server, a person's clone, and the service. */
@Timeout(180)
abstract class ReplicaFixture {

    StoreKind kind = StoreKind.FILES;

    @TempDir
    Path temporary;

    GitServer server;
    CredentialStore credentials;
    Replica replica;

    @BeforeEach
    void start() throws IOException {
        server = new GitServer(temporary.resolve("server"));
        credentials = new FileCredentialStore(Files.createDirectories(temporary.resolve("credentials")), false);
        replica = newReplica();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Replica newReplica() {
        return new Replica(kind.open(temporary.resolve("data")), credentials, Replica.DEADLINE);
    }

    Upstream upstream(String repository) {
        return Upstream.of(GitServer.USER, server.token, server.url(repository));
    }

    Path bare(String repository) {
        return temporary.resolve("server/" + repository + ".git");
    }

    /** A person's clone, straight from the server's disk. */
    Path cloned(String repository) {
        Path clone = temporary.resolve("clone-" + repository + System.nanoTime());
        git(temporary, "clone", "--quiet", bare(repository).toString(), clone.toString());
        git(clone, "config", "user.name", "somebody");
        git(clone, "config", "user.email", "somebody@example.com");
        return clone;
    }

    static void push(Path clone, String branch, String file) throws IOException {
        git(clone, "fetch", "--quiet");
        git(clone, "checkout", "--quiet", "-B", branch, "origin/" + branch);
        commit(clone, file);
        git(clone, "push", "--quiet", "origin", branch);
    }

    static void commit(Path clone, String file) throws IOException {
        Files.writeString(clone.resolve(file), file);
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "-m", "by hand");
    }
}
