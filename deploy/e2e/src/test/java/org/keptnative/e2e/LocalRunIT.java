package org.keptnative.e2e;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.installation.Packaged;
import org.keptnative.e2e.installation.Ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code make run} and {@code make stop}, as people type them. */
class LocalRunIT {

    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final int port = Ports.free();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        make("stop").waitFor(1, TimeUnit.MINUTES);
        for (Process process : started) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void runsUntilItIsStoppedAndLeavesNothingBehind() throws Exception {
        Process run = make("run", "BUS=yes", "BIND_ADDRESS=" + loopback());
        Map<String, String> env = awaitReady(run);

        given().header("x-token", env.get("KEPTN_API_TOKEN"))
                .get(env.get("GATEWAY_URL") + "/api/v1/metadata")
                .then()
                .statusCode(200);
        for (String health : List.of("API_HEALTH_URL", "CONFIGURATION_HEALTH_URL", "DATASTORE_HEALTH_URL")) {
            given().get(env.get(health)).then().statusCode(200);
        }
        assertThat(output()).contains(env.get("GATEWAY_URL"), env.get("KEPTN_API_TOKEN"), "Swagger UI", "MongoDB");
        for (String secret : List.of("run.env", "token")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(secret))))
                    .isEqualTo("rw-------");
        }

        assertThat(heardOnTheBus(env, "sh.keptn.event.said")).contains("sh.keptn.event.said");

        kill(List.of(Long.parseLong(env.get("BUS_PID"))));
        await().atMost(START).until(() -> !awaitReady(run).get("BUS_PID").equals(env.get("BUS_PID")));
        await().atMost(START)
                .ignoreExceptions()
                .untilAsserted(() -> Nats.connect(env.get("BUS_URL")).close());
        assertThat(heardOnTheBus(env, "sh.keptn.event.said-again")).contains("sh.keptn.event.said-again");

        Process second = make("run", "PORT=" + Ports.free());
        assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isNotZero();
        assertThat(output()).contains("ERROR: already running");

        assertThat(make("stop").waitFor()).isZero();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertNothingRuns(env);
    }

    @Test
    void itStartsAgainAfterAKillAndEndsWhenAServiceDies() throws Exception {
        Map<String, String> first = awaitReady(make("run", "BIND_ADDRESS=[::1]"));
        assertThat(first).containsEntry("GATEWAY_URL", "http://[::1]:" + port);
        kill(pids(first));
        await().until(() -> pids(first).stream().noneMatch(LocalRunIT::isAlive));

        Process run = make("run");
        Map<String, String> second = awaitReady(run);

        assertThat(second).containsEntry("KEPTN_API_TOKEN", first.get("KEPTN_API_TOKEN"));
        assertThat(second).containsEntry("GATEWAY_URL", "http://127.0.0.1:" + port);
        given().header("x-token", second.get("KEPTN_API_TOKEN"))
                .get(second.get("GATEWAY_URL") + "/api/mongodb-datastore/event?project=none")
                .then()
                .statusCode(200);

        kill(List.of(Long.parseLong(second.get("DATASTORE_PID"))));

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isNotZero();
        assertThat(output()).containsPattern("ERROR: mongodb-datastore has died.*logs/mongodb-datastore\\.log");
        assertNothingRuns(second);
    }

    @Test
    void aServiceThatCannotStartIsNamed() throws Exception {
        Process run = make("run", "MAX_BODY_SIZE=much");

        assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isNotZero();
        assertThat(output()).containsPattern("ERROR: [a-z-]+ has died.*\\.log");
        assertThat(data().resolve("pids")).isEmptyDirectory();
    }

    @Test
    void aBusyPortIsSaidAtOnce() throws Exception {
        try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Process run = make("run");

            assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(run.exitValue()).isNotZero();
            assertThat(output()).contains("ERROR: port " + busy.getLocalPort() + " is busy; set PORT");
        }
    }

    @Test
    void anUnreachableMongoDbIsSaidAtOnce() throws Exception {
        Process run = make("run", "MONGODB_CONNECTION_STRING=mongodb://127.0.0.1:" + Ports.free());

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isNotZero();
        assertThat(output()).contains("ERROR: no MongoDB answers at 127.0.0.1");
    }

    @Test
    void missingProgramsAreNamedWhereTheyMayNotBeInstalled() throws Exception {
        // A path with the shell's tools and nothing else.
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("bash", "dirname", "env", "mkdir", "sed", "cut", "ls", "tac", "rm", "cat")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
        ProcessBuilder builder =
                builder(Packaged.root().resolve("deploy/local/run").toString());
        builder.environment().keySet().removeIf(name -> name.equals("JAVA_HOME"));
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("INSTALL", "no");

        Process run = builder.start();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).isEqualTo(1);
        assertThat(output())
                .contains("ERROR: these are missing: openjdk-17-jdk-headless maven curl", "apt-get install");
    }

    /** With a build that takes long, in a checkout where nothing is built yet. */
    @Test
    void aStopDuringTheBuildEndsTheBuildToo() throws Exception {
        Path checkout = Files.createDirectories(folder.resolve("checkout/deploy"));
        for (String part : List.of("local", "gateway")) {
            copy(Packaged.root().resolve("deploy").resolve(part), checkout.resolve(part));
        }
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path maven = Files.writeString(
                bin.resolve("mvn"), "#!/bin/sh\necho $$ >'" + folder.resolve("maven") + "'\nexec sleep 600\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = builder(checkout.resolve("local/run").toString());
        builder.environment().merge("PATH", bin + ":", (path, first) -> first + path);
        builder.environment().put("NATIVE", "");
        Process run = builder.start();
        started.add(run);
        await().atMost(START).until(() -> Files.exists(folder.resolve("maven")));
        await().until(() -> Files.size(folder.resolve("maven")) > 0);
        long build = Long.parseLong(Files.readString(folder.resolve("maven")).strip());
        assertThat(isAlive(build)).isTrue();

        assertThat(make("stop").waitFor()).isZero();

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(isAlive(build)).isFalse();
        assertThat(data().resolve("pids")).isEmptyDirectory();
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-r", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Process make(String target, String... variables) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("make", "-s", "-C", Packaged.root().toString(), target));
        command.addAll(List.of(variables));
        Process process = builder(command.toArray(String[]::new)).start();
        started.add(process);
        return process;
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()));
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("DATA_DIR", data().toString());
        builder.environment().put("NATIVE", Packaged.isNative() ? "1" : "");
        return builder;
    }

    private Path data() {
        return folder.resolve("data of this run");
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private Map<String, String> awaitReady(Process run) throws IOException {
        Path runEnv = data().resolve("run.env");
        await().atMost(START)
                .failFast(() -> assertThat(run.isAlive()).as(output()).isTrue())
                .until(() -> Files.exists(runEnv));
        return Files.readAllLines(runEnv).stream()
                .map(line -> line.replace("\\", "").split("=", 2)) // as a shell reads it
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** With IPv6 where there is any. */
    private static String loopback() {
        return Files.exists(Path.of("/proc/net/if_inet6")) ? "::1" : "127.0.0.1";
    }

    /** As another service does it: listens at BUS_URL, and posts to the event broker. */
    private static String heardOnTheBus(Map<String, String> env, String type) throws Exception {
        try (Connection bus = Nats.connect(env.get("BUS_URL"))) {
            Subscription subscription = bus.subscribe(type);
            bus.flush(Duration.ofSeconds(10));
            given().contentType("application/cloudevents+json")
                    .body("{\"specversion\":\"0.2\",\"id\":\"" + type + "\",\"source\":\"test\",\"type\":\"" + type
                            + "\",\"data\":{}}")
                    .post(env.get("DATASTORE_URL") + "/keptn")
                    .then()
                    .statusCode(201);
            return new String(subscription.nextMessage(Duration.ofSeconds(30)).getData(), StandardCharsets.UTF_8);
        }
    }

    private static List<Long> pids(Map<String, String> env) {
        return env.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_PID"))
                .map(entry -> Long.valueOf(entry.getValue()))
                .toList();
    }

    /** By the ids of run.env alone, as a person would; what NGINX leaves behind is the next start's business. */
    private static void kill(List<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static boolean isAlive(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent() && process.get().isAlive();
    }

    private void assertNothingRuns(Map<String, String> env) throws IOException {
        assertThat(pids(env)).hasSizeGreaterThanOrEqualTo(5).noneMatch(LocalRunIT::isAlive);
        assertThat(data().resolve("run.env")).doesNotExist();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
}
