package org.keptnative.datastore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** The real NATS server of this machine, on a port of its own. */
public final class NatsServer implements AutoCloseable {

    private final int port;
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private Process process;

    /** @param options of the command */
    public NatsServer(Path directory, String... options) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        log = directory.resolve("nats.log");
        command.addAll(List.of(executable(), "--addr", "127.0.0.1", "--port", String.valueOf(port)));
        command.addAll(List.of(options));
    }

    public static String[] withJetStream(Path directory) {
        return new String[] {"--jetstream", "--store_dir", directory.toString()};
    }

    public String url() {
        return "nats://" + address();
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    public NatsServer start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().atMost(Duration.ofMinutes(1)).until(this::answers);
        return this;
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == 'I'; // INFO
        } catch (IOException e) {
            return false;
        }
    }

    /** It is a service's program, so that it does not lie on everybody's PATH. */
    private static String executable() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no nats-server: make test installs it, and so does apt-get install nats-server"))
                .toString();
    }
}
