package org.keptnative.datastore.crash;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** The packaged service as a process of its own, which can be killed. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = freePort();
    private final int managementPort = freePort();
    private final ProcessBuilder command;
    private Process process;

    /** @param properties of the service */
    ServiceProcess(Map<String, String> properties) {
        this(properties, "-Xmx256m");
    }

    /** @param heap the option for its size */
    ServiceProcess(Map<String, String> properties, String heap) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("quarkus.http.port", String.valueOf(port));
        all.put("quarkus.management.port", String.valueOf(managementPort));
        command = new ProcessBuilder(command(heap, all))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/service-%d.log".formatted(port))));
    }

    private static List<String> command(String heap, Map<String, String> properties) {
        String packaged = System.getProperty("packaged");
        boolean archive = packaged.endsWith(".jar");
        List<String> command = new ArrayList<>(List.of(archive ? "java" : packaged, heap));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        if (archive) {
            command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-jar", packaged));
        }
        return command;
    }

    String url() {
        return "http://localhost:" + port;
    }

    ServiceProcess start() throws IOException {
        process = command.start();
        return this;
    }

    ServiceProcess awaitReady() {
        await().atMost(Duration.ofMinutes(2)).until(this::isReady);
        return this;
    }

    boolean isReady() throws InterruptedException {
        try {
            URI ready = URI.create("http://localhost:%d/health/ready".formatted(managementPort));
            return HTTP.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
