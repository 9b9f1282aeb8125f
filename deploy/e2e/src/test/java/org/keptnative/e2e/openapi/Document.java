package org.keptnative.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI document of one service, as the gateway serves it to everybody. */
final class Document {

    static final List<String> SERVICES = List.of("api-service", "configuration-service", "mongodb-datastore");

    private final Installation installation;
    private final String base;

    Document(Installation installation, String service) {
        this.installation = installation;
        this.base = service.equals("api-service") ? "/api" : "/api/" + service;
    }

    String yaml() {
        return installation
                .stranger()
                .get(base + "/swagger-ui/swagger.yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    Stream<Operation> operations() {
        JsonNode document = installation
                .stranger()
                .get(base + "/swagger-ui/swagger.yaml?format=JSON")
                .as(JsonNode.class);
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
