package org.keptnative.e2e;

import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keptnative.e2e.installation.Installation;
import org.yaml.snakeyaml.Yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

/** Every operation of the three documents refuses whoever has no token. */
class AuthenticationIT {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final Installation installation = Installation.shared();

    private record Operation(String method, String path) {}

    @TestFactory
    Stream<DynamicTest> everyOperationNeedsAToken() {
        List<Operation> operations = Stream.of("", "/configuration-service", "/mongodb-datastore")
                .flatMap(this::operations)
                .toList();
        assertThat(operations).hasSizeGreaterThan(50);
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.method + " " + operation.path, () -> assertRefused(operation, "")));
    }

    @TestFactory
    Stream<DynamicTest> everyServiceRefusesAWrongToken() {
        return Stream.of(
                        new Operation("post", "/api/v1/auth"),
                        new Operation("get", "/api/v1/metadata"),
                        new Operation("get", "/api/configuration-service/v1/project"),
                        new Operation("get", "/api/mongodb-datastore/event"))
                .map(operation -> DynamicTest.dynamicTest(operation.path, () -> assertRefused(operation, "wrong")));
    }

    @Test
    void theDocumentsNeedNone() {
        for (String service : List.of("", "/configuration-service", "/mongodb-datastore")) {
            installation
                    .stranger()
                    .get("/api" + service + "/swagger-ui/swagger.yaml")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void theTokenDoesNotReachTheLogs() throws Exception {
        installation.client().get("/api/v1/metadata").then().statusCode(200);
        assertRefused(new Operation("get", "/api/v1/metadata"), "a-token-with-a-typo");

        try (Stream<Path> files = Files.list(installation.folder())) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertThat(log).content().doesNotContain(installation.token()).doesNotContain("a-token-with-a-typo");
            }
        }
    }

    private void assertRefused(Operation operation, String token) {
        RequestSpecification request =
                installation.stranger().contentType("application/json").body("{}");
        if (!token.isEmpty()) {
            request.header("x-token", token);
        }
        request.request(operation.method, operation.path)
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("code", equalTo(401))
                .body("message", not(emptyOrNullString()));
    }

    private Stream<Operation> operations(String service) {
        String prefix = "/api" + service;
        String document =
                installation.stranger().get(prefix + "/swagger-ui/swagger.yaml").asString();
        Map<String, Object> parsed = new Yaml().load(document);
        return child(parsed, "paths").entrySet().stream()
                .flatMap(path -> child(Map.of("path", path.getValue()), "path").keySet().stream()
                        .filter(METHODS::contains)
                        .map(method ->
                                new Operation(method, prefix + path.getKey().replaceAll("\\{[^}]*}", "some"))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> node, String name) {
        return (Map<String, Object>) node.get(name);
    }
}
