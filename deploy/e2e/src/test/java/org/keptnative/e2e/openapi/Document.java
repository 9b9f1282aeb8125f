package org.keptnative.e2e.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI document of one service, as the gateway serves it to everybody. */
public final class Document {

    public static final List<String> SERVICES = List.of("api-service", "configuration-service", "mongodb-datastore");

    private final Installation installation;
    private final String base;

    public Document(Installation installation, String service) {
        this.installation = installation;
        this.base = service.equals("api-service") ? "/api" : "/api/" + service;
    }

    public String yaml() {
        return installation
                .stranger()
                .get(base + "/swagger-ui/swagger.yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    public Stream<Operation> operations() {
        JsonNode document;
        try {
            document = new YAMLMapper().readTree(yaml());
        } catch (JsonProcessingException e) {
            throw new AssertionError("The document at " + base + " is no YAML", e);
        }
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(
                                document, base, method.getKey().toUpperCase(), path.getKey(), method.getValue())));
    }

    Operation operation(String method, String path) {
        return operations()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The document at " + base + " has no " + method + " " + path));
    }
}
