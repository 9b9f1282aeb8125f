package org.keptnative.deploy.kubernetes;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code with-services} with a kubectl that says what the real one says, and forwards nothing. */
@Timeout(60)
class WithServicesTest {

    @TempDir
    Path folder;

    @Test
    void theCommandFindsTheServicesAsSoonAsTheyAnswerAndItsStatusCounts() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.start();
        int port = service.getAddress().getPort();
        int silent = portOfNobody();
        kubectl("""
                echo "$*" >>calls
                case $(wc -l <calls) in
                1)
                    echo 'error: unable to forward port because pod is not running. Current status=Pending' >&2
                    exit 1
                    ;;
                2) echo "Forwarding from 127.0.0.1:%d -> 8080" ;;
                *) echo "Forwarding from 127.0.0.1:%d -> 8080" ;;
                esac
                echo $$ >>forwards
                exec sleep 600
                """.formatted(silent, port));

        Process process = withServices("300", "sh", "-c", "echo $CONFIGURATION_URL $DATASTORE_URL; exit 7");

        assertThat(output(process)).isEqualTo("http://127.0.0.1:%1$d http://127.0.0.1:%1$d\n".formatted(port));
        service.stop(0);
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .contains(
                        "-n keptn port-forward service/configuration-service :8080",
                        "-n keptn port-forward service/mongodb-datastore :8080");
        for (String forward : Files.readAllLines(folder.resolve("forwards"))) {
            ProcessHandle.of(Long.parseLong(forward))
                    .ifPresent(left -> left.onExit().join());
        }
    }

    @Test
    void whoCannotBeReachedIsNotWaitedForForEver() throws Exception {
        kubectl("echo 'error: services \"configuration-service\" not found' >&2; exit 1");

        Process process = withServices("1", "touch", "was-run");

        assertThat(output(process)).contains("configuration-service cannot be reached", "not found");
        assertThat(process.waitFor()).isNotZero();
        assertThat(folder.resolve("was-run")).doesNotExist();
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void kubectl(String script) throws IOException {
        Path stub = folder.resolve("kubectl");
        Files.writeString(stub, "#!/bin/sh\n" + script);
        assertThat(stub.toFile().setExecutable(true)).isTrue();
    }

    private Process withServices(String patience, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.command()
                .add(0, Command.ROOT.resolve("deploy/kubernetes/with-services").toString());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("PATIENCE", patience);
        return builder.start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
