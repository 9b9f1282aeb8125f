package org.keptnative.datastore.crash;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.Events;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sends more large bodies at once than fit into the heap that the service has in its container. */
class LargeBodiesIT {

    /** Half of the memory that the manifest allows. */
    private static final String HEAP = "-Xmx320m";

    private final MongoTestResource mongo = new MongoTestResource();
    private final FollowerTestResource follower = new FollowerTestResource();
    private final HttpClient http = HttpClient.newHttpClient();

    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void start() {
        properties.putAll(mongo.start());
        properties.putAll(follower.start());
    }

    @AfterEach
    void stop() {
        follower.stop();
        mongo.stop();
    }

    @Test
    void each_is_stored_or_refused_for_now_and_the_service_goes_on() throws Exception {
        String project = Events.unique("large");
        try (ServiceProcess service =
                new ServiceProcess(properties, HEAP).start().awaitReady()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                JsonObject event = Events.event(project);
                event.getJsonObject("data").put("text", "x".repeat(6_000_000));
                ids.add(event.getString("id"));
                answers.add(http.sendAsync(request(service, event), BodyHandlers.ofString()));
            }
            List<String> stored = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> answer = answers.get(i).join();
                assertThat(answer.statusCode()).isIn(201, 503);
                if (answer.statusCode() == 201) {
                    stored.add(ids.get(i));
                } else {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    assertThat(new JsonObject(answer.body()).getInteger("code")).isEqualTo(503);
                }
            }
            System.out.printf(
                    "twenty bodies of 6 MB at once: %d stored, %d refused for now%n",
                    stored.size(), 20 - stored.size());
            assertThat(stored).isNotEmpty();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonObject event = Events.event(project);
                assertThat(http.send(request(service, event), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(201);
                stored.add(event.getString("id"));
            });
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(FollowerTestResource.ids(FollowerTestResource.FIRST, project))
                            .containsAll(stored));
        }
    }

    private static HttpRequest request(ServiceProcess service, JsonObject event) {
        return HttpRequest.newBuilder(URI.create(service.url() + "/event"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(event.encode()))
                .build();
    }
}
