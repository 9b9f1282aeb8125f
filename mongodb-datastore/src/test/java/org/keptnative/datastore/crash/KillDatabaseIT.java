package org.keptnative.datastore.crash;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.datastore.FollowerTestResource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills the database under load. {@code MONGODB_SERVER} is a command that knows {@code up PORT}, {@code status}, which
 * prints the process ids as {@code pid N}, and {@code down}, and keeps its data in {@code DATA_DIR};
 * {@code -Dkill.rounds=20} kills more often.
 */
@EnabledIfEnvironmentVariable(
        named = "MONGODB_SERVER",
        matches = ".+",
        disabledReason = "there is no database server to kill")
class KillDatabaseIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);

    /**
     * Outside of the range from which outgoing connections are served: one that asks for its own port while nobody
     * listens there connects to itself, and keeps the database from coming back.
     */
    private static final String PORT =
            String.valueOf(20_000 + ThreadLocalRandom.current().nextInt(10_000));

    @TempDir
    Path data;

    @Test
    void no_acknowledged_event_is_lost() throws Exception {
        FollowerTestResource follower = new FollowerTestResource();
        Map<String, String> properties = new HashMap<>(follower.start());
        properties.put("quarkus.mongodb.connection-string", "mongodb://127.0.0.1:" + PORT);
        // The service starts first: it must cope with a database that comes later.
        try (ServiceProcess service = new ServiceProcess(properties).start()) {
            bringUp();
            service.awaitReady();
            Load load = new Load(4, List.of(service.url()));
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitFurther(200);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(500));
                kill();
                bringUp();
            }
            load.awaitFurther(200);
            load.stop();
            System.out.printf("kill -9 of the database: %d rounds, %d events%n", ROUNDS, load.acknowledged());
            load.assertStored();
            load.assertDelivered();
        } finally {
            server("down");
            follower.stop();
        }
    }

    /** All its processes: one that stayed behind would keep the database from coming back. */
    private void kill() throws Exception {
        Pattern.compile("pid (\\d+)")
                .matcher(server("status"))
                .results()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** As an operator does: once more if need be. */
    private void bringUp() {
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            server("up", PORT);
            return server("status").startsWith("up");
        });
    }

    private String server(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(System.getenv("MONGODB_SERVER"));
        command.command().addAll(List.of(arguments));
        command.environment().put("DATA_DIR", data.toString());
        command.redirectErrorStream(true);
        Path output = data.resolve("command.log");
        Process process = command.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }
}
