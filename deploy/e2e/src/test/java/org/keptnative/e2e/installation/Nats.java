package org.keptnative.e2e.installation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real NATS server with JetStream, set up as in an installation, on a port that it keeps when it is started again. */
public final class Nats implements AutoCloseable {

    private final int port = Ports.free();
    private final ManagedProcess process;

    /** @param folder for its log and what its streams keep; the log tells of every message it was given */
    public Nats(Path folder) {
        List<String> command = List.of(
                "nats-server",
                "--config",
                Packaged.root()
                        .resolve("deploy/kubernetes/components/nats/nats.conf")
                        .toString(),
                "--addr",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--jetstream",
                "--store_dir",
                folder.resolve("nats").toString(),
                "--trace");
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH") + ":/usr/sbin");
        process = new ManagedProcess("nats", folder, command, environment, Probe.tcp(port));
    }

    public void start() {
        process.start();
        process.awaitReady();
    }

    public void kill() {
        process.kill();
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public Path log() {
        return process.log();
    }

    /** What makes an installation publish its events here. */
    public Map<String, String> environment() {
        return Map.of("DATASTORE_FOLLOWERS_BUS_URL", url(), "DATASTORE_FOLLOWERS_BUS_TYPES", ">");
    }

    @Override
    public void close() {
        process.stop();
    }
}
