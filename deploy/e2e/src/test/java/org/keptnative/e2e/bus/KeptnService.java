package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import org.keptnative.e2e.ProgressClient;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.restassured.RestAssured.given;

/**
 * One of Keptn's other services, as the originals work: it listens on the bus, reads and writes at configuration-service
 * without a token, answers to the event broker, and reports progress over the websocket with the token that came along.
 */
abstract class KeptnService implements AutoCloseable {

    interface Reaction {
        void to(JsonNode event) throws Exception;
    }

    private final String name;
    private final Installation installation;
    private final EventBroker broker;
    private final Map<String, ProgressClient> reports = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    KeptnService(String name, Installation installation) {
        this.name = name;
        this.installation = installation;
        this.broker = new EventBroker(installation);
    }

    abstract void listen(Bus bus);

    /** What went wrong in its reactions. */
    List<Throwable> failures() {
        return failures;
    }

    void on(Bus bus, String type, Reaction reaction) {
        bus.listen(type, message -> {
            try {
                reaction.to(Bus.event(message));
            } catch (Exception | AssertionError e) {
                failures.add(e);
            }
        });
    }

    /** An event of the same context with the data of its cause, but for these changes. */
    void send(JsonNode cause, String type, Map<String, ?> changes) throws IOException {
        ObjectNode event = Bus.JSON.createObjectNode();
        event.put("type", type)
                .put("specversion", "0.2")
                .put("contenttype", "application/json")
                .put("source", name)
                .put("id", UUID.randomUUID().toString())
                .put("time", Instant.now().toString())
                .put("shkeptncontext", cause.path("shkeptncontext").asText());
        ObjectNode data = cause.path("data").deepCopy();
        changes.forEach((field, value) -> data.set(field, Bus.JSON.valueToTree(value)));
        event.set("data", data);
        if (cause.has("triggeredid")) {
            event.set("triggeredid", cause.get("triggeredid"));
        }
        int status = broker.post(event);
        if (status / 100 != 2) {
            throw new IOException("the event broker answers " + status);
        }
    }

    void report(JsonNode event, String message) {
        frame(event, message, false);
    }

    void reportTheEnd(JsonNode event) {
        frame(event, "", true);
    }

    /** An answer of configuration-service about the service in the stage that the event is about. */
    Response configuration(JsonNode event, String method, String below, Object body) {
        JsonNode data = event.path("data");
        String path = "/v1/project/" + data.path("project").asText() + "/stage/"
                + data.path("stage").asText() + "/service/"
                + data.path("service").asText() + below;
        var request = given().baseUri(installation.configurationServiceUrl().toString())
                .contentType("application/json");
        return (body == null ? request : request.body(body)).request(method, path);
    }

    /** A file of the project. */
    String file(JsonNode event, String uri) {
        String content = given().baseUri(installation.configurationServiceUrl().toString())
                .get(
                        "/v1/project/{project}/resource/{uri}",
                        event.at("/data/project").asText(),
                        uri)
                .then()
                .statusCode(200)
                .extract()
                .path("resourceContent");
        return new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
    }

    private void frame(JsonNode event, String message, boolean last) {
        String token = event.at("/data/eventContext/token").asText();
        ObjectNode frame = Bus.JSON
                .createObjectNode()
                .put("specversion", "0.2")
                .put("contentType", "application/json")
                .put("type", "sh.keptn.events.log")
                .put("source", name)
                .put("shkeptncontext", event.path("shkeptncontext").asText());
        frame.putObject("data").put("message", message).put("terminate", last).put("loglevel", "INFO");
        reports.computeIfAbsent(token, key -> ProgressClient.connect(installation, "Token", key))
                .send(frame.toString());
    }

    @Override
    public void close() {
        reports.values().forEach(ProgressClient::close);
    }
}
