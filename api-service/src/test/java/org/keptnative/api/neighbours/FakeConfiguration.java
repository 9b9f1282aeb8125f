package org.keptnative.api.neighbours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.api.neighbours.FakeServer.Answer;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** As much of configuration-service as the service under test talks to: projects, their stages and services. */
public class FakeConfiguration {

    /** @param request what it was created with */
    public record Project(JsonNode request, Set<String> services) {}

    private static final Answer NO_PROJECT = Answer.error(404, "Project not found");
    private static final Answer DONE = new Answer(204, null);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Project> projects = new ConcurrentHashMap<>();
    private final FakeServer server = new FakeServer(this::answer);
    private volatile String late;

    public FakeServer server() {
        return server;
    }

    public Map<String, Project> projects() {
        return projects;
    }

    public Project create(String name, String... stages) {
        ObjectNode request = json.createObjectNode().put("projectName", name);
        for (String stage : stages) {
            request.withArray("stages").addObject().put("stageName", stage);
        }
        projects.put(name, new Project(request, ConcurrentHashMap.newKeySet()));
        return projects.get(name);
    }

    /** Somebody creates it right after it has been asked for. */
    public void createAfterNextRead(String name) {
        late = name;
    }

    public void reset() {
        late = null;
        projects.clear();
        server.behave();
    }

    private Answer answer(String method, String path, String query, String body) throws IOException {
        List<String> parts = Arrays.stream(path.substring(1).split("/"))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
                .toList();
        String project = parts.size() > 2 ? parts.get(2) : null;
        return switch (method + parts.size()) {
            case "POST2" -> create(json.readTree(body));
            case "GET3" -> {
                Answer found = projects.containsKey(project) ? read(project) : NO_PROJECT;
                if (project.equals(late)) {
                    late = null;
                    create(project, "dev");
                }
                yield found;
            }
            case "DELETE3" -> {
                projects.remove(project);
                yield DONE;
            }
            case "POST4" ->
                createService(project, json.readTree(body).get("serviceName").asText());
            case "DELETE5" -> deleteService(project, parts.get(4));
            case "GET7" -> readService(project, parts.get(4), parts.get(6));
            default -> Answer.error(404, "path " + path + " was not found");
        };
    }

    private Answer create(JsonNode request) {
        boolean isNew = projects.putIfAbsent(
                        request.get("projectName").asText(), new Project(request, ConcurrentHashMap.newKeySet()))
                == null;
        return isNew ? DONE : Answer.error(400, "Project already exists");
    }

    private Answer read(String name) {
        Project project = projects.get(name);
        ObjectNode answer = json.createObjectNode().put("projectName", name);
        answer.set("gitRemoteURI", project.request.path("gitRemoteURI"));
        ArrayNode stages = answer.putArray("stages");
        project.request.path("stages").forEach(stage -> {
            ObjectNode copy =
                    stages.addObject().put("stageName", stage.get("stageName").asText());
            new TreeSet<>(project.services)
                    .forEach(s -> copy.withArray("services").addObject().put("serviceName", s));
        });
        return new Answer(200, answer.toString());
    }

    private Answer createService(String project, String service) {
        if (!projects.containsKey(project)) {
            return NO_PROJECT;
        }
        return projects.get(project).services.add(service) ? DONE : Answer.error(400, "Service already exists");
    }

    private Answer deleteService(String project, String service) {
        if (!projects.containsKey(project)) {
            return NO_PROJECT;
        }
        return projects.get(project).services.remove(service) ? DONE : Answer.error(404, "Service does not exists");
    }

    private Answer readService(String name, String stage, String service) {
        Project project = projects.get(name);
        if (project == null) {
            return NO_PROJECT;
        }
        if (!project.request.path("stages").findValuesAsText("stageName").contains(stage)) {
            return Answer.error(404, "Stage not found");
        }
        return project.services.contains(service)
                ? new Answer(200, "{\"serviceName\":\"" + service + "\"}")
                : Answer.error(404, "Service not found");
    }
}
