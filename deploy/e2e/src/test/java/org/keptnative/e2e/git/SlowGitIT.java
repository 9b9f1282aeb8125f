package org.keptnative.e2e.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.git.GitCommand.git;

/** Many clients of Git that stop in the middle, and one that does not: it does not wait for them. */
class SlowGitIT {

    private static final int READERS = 40;
    private static final int SENDERS = 100;
    private static final String ROOT = "/api/configuration-service/git/";

    @TempDir
    Path folder;

    private final Installation installation = Installation.shared();
    private final String project = Samples.uniqueName("slow");
    private final List<Socket> clients = new ArrayList<>();
    private GitUser git;
    private Path clone;

    @BeforeEach
    void create() {
        git = new GitUser(installation, folder);
        new KeptnUser(installation).createProject(project);
        clone = git.clone(project);
        GitUser.commit(clone, "dev", "large.bin", GitUser.random(10));
        git(clone, "push", "--quiet");
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void whoDoesNotReadHoldsNobody() throws IOException {
        String want = "0032want " + git.head(project, "dev") + "\n";
        String body = "0012command=fetch\n0001" + want + "0009done\n0000";
        for (int i = 0; i < READERS; i++) {
            post("git-upload-pack", "Git-Protocol: version=2\r\n", body.length(), body);
        }
        for (Socket client : clients) {
            assertThat(client.getInputStream().readNBytes(12))
                    .asString(US_ASCII)
                    .isEqualTo("HTTP/1.1 200");
        }

        assertSomebodyElseCanWork();
    }

    @Test
    void whoDoesNotSendHoldsNobody() throws IOException {
        for (int i = 0; i < SENDERS; i++) {
            post("git-receive-pack", "", 1_000_000, "00a0");
            post("git-upload-pack", "", 1_000_000, "0032");
        }

        assertSomebodyElseCanWork();
    }

    private void assertSomebodyElseCanWork() {
        Path other = git.clone(project);
        GitUser.commit(other, "dev", "small", new byte[] {1});
        git(other, "push", "--quiet");
        assertThat(git.head(project, "dev")).isEqualTo(git(other, "rev-parse", "dev"));
    }

    private void post(String service, String header, int length, String body) throws IOException {
        URI gateway = installation.gateway().url();
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.connect(new java.net.InetSocketAddress(gateway.getHost(), gateway.getPort()));
        clients.add(client);
        String head = "POST " + ROOT + project + ".git/" + service + " HTTP/1.1\r\nHost: localhost\r\nx-token: "
                + installation.token() + "\r\nContent-Type: application/x-" + service + "-request\r\n" + header
                + "Content-Length: " + length + "\r\n\r\n";
        client.getOutputStream().write((head + body).getBytes(US_ASCII));
    }
}
