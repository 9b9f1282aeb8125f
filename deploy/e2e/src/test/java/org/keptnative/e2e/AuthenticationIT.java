package org.keptnative.e2e;

import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.openapi.Document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

/** Every operation of the three documents refuses whoever has no token. */
class AuthenticationIT {

    private final Installation installation = Installation.shared();

    @TestFactory
    Stream<DynamicTest> everyOperationNeedsAToken() {
        return Document.SERVICES.stream()
                .flatMap(service -> new Document(installation, service).operations())
                .map(operation -> DynamicTest.dynamicTest(
                        operation.method() + " " + operation.target(),
                        () -> assertRefused(operation.method(), operation.target(), "")));
    }

    @TestFactory
    Stream<DynamicTest> everyServiceRefusesAWrongToken() {
        return Stream.of(
                        "/api/v1/auth",
                        "/api/v1/metadata",
                        "/api/configuration-service/v1/project",
                        "/api/mongodb-datastore/event")
                .map(path -> DynamicTest.dynamicTest(path, () -> assertRefused("GET", path, "wrong")));
    }

    @Test
    void theDocumentsNeedNone() {
        for (String service : Document.SERVICES) {
            assertThat(new Document(installation, service).yaml()).startsWith("---");
        }
    }

    @Test
    void theTokenDoesNotReachTheLogs() throws Exception {
        installation.client().get("/api/v1/metadata").then().statusCode(200);
        assertRefused("GET", "/api/v1/metadata", "a-token-with-a-typo");

        try (Stream<Path> files = Files.list(installation.folder())) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertThat(log).content().doesNotContain(installation.token()).doesNotContain("a-token-with-a-typo");
            }
        }
    }

    private void assertRefused(String method, String path, String token) {
        RequestSpecification request =
                installation.stranger().contentType("application/json").body("{}");
        if (!token.isEmpty()) {
            request.header("x-token", token);
        }
        request.request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("code", equalTo(401))
                .body("message", not(emptyOrNullString()));
    }
}
