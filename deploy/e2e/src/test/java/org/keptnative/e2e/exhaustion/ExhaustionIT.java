package org.keptnative.e2e.exhaustion;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.ManagedProcess;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More of everything than there is: clients are told so, and nobody has to help afterwards.
 */
class ExhaustionIT {

    private static final int IDLE_CONNECTIONS = 2000;
    private static final int UPLOADS = 500;
    private static final int UPLOAD_BYTES = 300_000;
    private static final Duration UNTIL_RECOVERED = Duration.ofMinutes(1);
    private static final String PROJECT = "exhausted";

    private static Installation installation;
    private static KeptnUser user;

    @BeforeAll
    static void start() {
        installation = Installation.start(Map.of());
        user = new KeptnUser(installation);
        user.createProject(PROJECT);
    }

    @AfterAll
    static void stop() {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void connectionsThatSayNothingKeepNobodyOut() throws Exception {
        URI gateway = installation.gateway().url();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                Socket socket = new Socket(gateway.getHost(), gateway.getPort());
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /api/v1/metadata HT".getBytes(StandardCharsets.US_ASCII));
                }
                idle.add(socket);
            }

            for (int i = 0; i < 20; i++) {
                installation.client().get("/api/v1/metadata").then().statusCode(200);
                assertThat(user.stages(PROJECT)).hasSize(3);
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "exhaustion", matches = ".*", disabledReason = "takes long; see make exhaust")
    void uploadsThatAreTooManyAtOnceAreRefusedInWords() {
        String content = Base64.getEncoder().encodeToString(new byte[UPLOAD_BYTES]);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            String body = """
                    {"resources": [{"resourceURI": "upload-%d", "resourceContent": "%s"}]}""".formatted(i, content);
            uploads.add(client.sendAsync(
                    HttpRequest.newBuilder(URI.create(installation.gateway().url()
                                    + "/api/configuration-service/v1/project/" + PROJECT + "/resource"))
                            .header("x-token", installation.token())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < UPLOADS; i++) {
            HttpResponse<String> answer = uploads.get(i).join();
            assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
            if (answer.statusCode() == 503) {
                assertThat(answer.body()).contains("\"code\":503");
            } else {
                assertThat(user.read(PROJECT, "", "upload-" + i)).hasSize(UPLOAD_BYTES);
            }
        }
        user.store(PROJECT, "", "afterwards", new byte[UPLOAD_BYTES]);
    }

    @Test
    void aServiceWithoutFileHandlesServesAgainWhenItHasSome() throws Exception {
        for (ManagedProcess service : List.of(
                installation.apiService(), installation.configurationService(), installation.mongodbDatastore())) {
            String pid = Long.toString(service.pid());
            String limit = hardLimit(pid);
            long open;
            try (Stream<Path> handles = Files.list(Path.of("/proc", pid, "fd"))) {
                open = handles.count();
            }
            limitHandles(pid, open + ":" + limit);
            try {
                for (int i = 0; i < 20; i++) {
                    int number = i;
                    assertThat(statuses(number))
                            .as("%s, try %d", service.name(), number)
                            .isSubsetOf(200, 201, 500, 503);
                }
            } finally {
                limitHandles(pid, limit + ":" + limit);
            }
            await(service.name()).atMost(UNTIL_RECOVERED).untilAsserted(() -> {
                assertThat(service.isAlive()).isTrue();
                assertThat(statuses(0)).isSubsetOf(200, 201);
            });
        }
    }

    private static List<Integer> statuses(int number) {
        return List.of(
                installation.client().get("/api/v1/metadata").statusCode(),
                installation
                        .client()
                        .contentType("application/json")
                        .body("""
                            {"resources": [{"resourceURI": "file-%d", "resourceContent": "YQ=="}]}""".formatted(number))
                        .post("/api/configuration-service/v1/project/" + PROJECT + "/resource")
                        .statusCode(),
                installation
                        .client()
                        .contentType("application/json")
                        .body(Samples.event(
                                "deployment-finished", Map.of("project", PROJECT, "stage", "dev", "service", "carts")))
                        .post("/api/v1/event")
                        .statusCode());
    }

    private static String hardLimit(String pid) throws Exception {
        return Shell.run("prlimit", "--pid", pid, "--nofile", "--noheadings", "--output", "HARD")
                .output()
                .strip();
    }

    private static void limitHandles(String pid, String limits) throws Exception {
        Shell shell = Shell.run("prlimit", "--pid", pid, "--nofile=" + limits);
        assertThat(shell.succeeded()).as(shell.output()).isTrue();
    }
}
