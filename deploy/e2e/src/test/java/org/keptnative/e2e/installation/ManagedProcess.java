package org.keptnative.e2e.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** One process of an installation: a service, the gateway or the database. It can be stopped, killed and started again. */
public final class ManagedProcess {

    private static final Duration READY_WITHIN = Duration.ofSeconds(180);

    private final String name;
    private final ProcessBuilder builder;
    private final Probe probe;
    private final Path log;
    private Process process;

    ManagedProcess(String name, Path logs, List<String> command, Map<String, String> environment, Probe probe) {
        this.name = name;
        this.probe = probe;
        this.log = logs.resolve(name + ".log");
        this.builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
    }

    /** Starts it without waiting for it. */
    public void start() {
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    public void awaitReady() {
        await(name + " is ready, see " + log)
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .failFast(name + " has died, see " + log, () -> !process.isAlive())
                .until(probe::answers);
    }

    /** Ends it as an operator does, with SIGTERM. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError(name + " did not stop within 30 s, see " + log);
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and its children, if it ever started, as a crash does, with SIGKILL. */
    public void kill() {
        if (process == null) {
            return;
        }
        // The parent first: NGINX would replace a worker that dies.
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()
                .forEach(handle -> {
                    handle.destroyForcibly();
                    handle.onExit().join();
                });
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public String name() {
        return name;
    }

    /** Of the process itself; meaningless before it was started. */
    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }
}
