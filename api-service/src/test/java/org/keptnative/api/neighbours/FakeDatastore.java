package org.keptnative.api.neighbours;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.api.neighbours.FakeServer.Answer;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** As much of mongodb-datastore as the service under test talks to. */
public class FakeDatastore {

    /** Numbers stay as they are written. */
    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<String> followers = new CopyOnWriteArrayList<>();
    private final FakeServer server = new FakeServer(this::answer);

    public FakeServer server() {
        return server;
    }

    public List<JsonNode> events() {
        return events;
    }

    public JsonNode eventOf(String context) {
        return events.stream()
                .filter(event -> context.equals(event.path("shkeptncontext").asText()))
                .findFirst()
                .orElseThrow();
    }

    public void store(String event) throws IOException {
        events.add(json.readTree(event));
    }

    /** Another follower of events than configuration-service. */
    public void followedBy(String name) {
        followers.add(name);
    }

    public void reset() {
        events.clear();
        followers.clear();
        server.behave();
    }

    private Answer answer(String method, String path, String query, String body) throws IOException {
        if (path.equals("/follower")) {
            ObjectNode list = json.createObjectNode();
            list.withArray("followers").addObject().put("name", "configuration-service");
            followers.forEach(name -> list.withArray("followers").addObject().put("name", name));
            return new Answer(200, list.toString());
        }
        if (!path.equals("/event")) {
            return Answer.error(404, "path " + path + " was not found");
        }
        if (method.equals("POST")) {
            JsonNode sent = json.readTree(body);
            int before = events.size();
            if (sent.isArray()) {
                sent.forEach(this::store);
            } else {
                store(sent);
            }
            return new Answer(201, null, Map.of("New-Events", Integer.toString(events.size() - before)));
        }
        Map<String, String> parameters = Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        ObjectNode page = json.createObjectNode();
        page.putArray("events")
                .addAll(events.stream().filter(e -> matches(e, parameters)).toList());
        return new Answer(200, page.toString());
    }

    /** Once. */
    private void store(JsonNode event) {
        boolean isStored = events.stream()
                .anyMatch(e -> e.path("id").equals(event.path("id"))
                        && e.path("source").equals(event.path("source")));
        if (!isStored) {
            events.add(event);
        }
    }

    private static boolean matches(JsonNode event, Map<String, String> parameters) {
        return has(event.path("shkeptncontext"), parameters.get("keptnContext"))
                && has(event.path("type"), parameters.get("type"))
                && has(event.path("id"), parameters.get("eventID"))
                && has(event.path("source"), parameters.get("source"))
                && has(event.path("data").path("project"), parameters.get("project"));
    }

    private static boolean has(JsonNode value, String wanted) {
        return wanted == null || value.asText().equals(wanted);
    }
}
