package org.keptnative.api.neighbours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.keptnative.api.neighbours.FakeServer.Answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of a cluster's API as the service under test talks to, and the account it is given there. */
public class FakeKubernetes implements QuarkusTestResourceLifecycleManager {

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final FakeServer server = new FakeServer(this::answer);

    public FakeServer server() {
        return server;
    }

    public Map<String, ObjectNode> objects() {
        return objects;
    }

    public void deployBridge(String image) {
        ObjectNode deployment = json.createObjectNode();
        deployment
                .withObject("/spec/template/spec")
                .withArray("containers")
                .addObject()
                .put("image", image);
        objects.put("/apis/apps/v1/namespaces/keptn/deployments/bridge", deployment);
    }

    @Override
    public Map<String, String> start() {
        server.start();
        try {
            Path account = Files.createTempDirectory("service-account");
            Files.writeString(account.resolve("token"), "account-token\n");
            return Map.of(
                    "kubernetes.api-server",
                    server.uri(),
                    "kubernetes.service-account",
                    account.toString(),
                    "neighbour.datastore",
                    "http://localhost:1",
                    "neighbour.configuration",
                    "http://localhost:1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, field -> field.getType().equals(FakeKubernetes.class));
    }

    @Override
    public void stop() {
        server.stop();
    }

    /** A Secret may be created by a patch, as server-side apply does; a Deployment only exists when deployed. */
    private Answer answer(String method, String path, String query, String body) throws IOException {
        if (method.equals("PATCH") && (path.contains("/secrets/") || objects.containsKey(path))) {
            ObjectNode object = objects.computeIfAbsent(path, p -> json.createObjectNode());
            JsonNode merged = json.readerForUpdating(object).readTree(body);
            return new Answer(200, merged.toString());
        }
        return objects.containsKey(path)
                ? new Answer(200, objects.get(path).toString())
                : Answer.error(404, path + " not found");
    }
}
