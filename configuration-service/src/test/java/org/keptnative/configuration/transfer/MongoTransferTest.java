package org.keptnative.configuration.transfer;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.OnMongo;
import org.keptnative.configuration.git.mongodb.MongoStore;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;

/** What is exported from one store is what another one imports. */
@QuarkusTest
@TestProfile(OnMongo.class)
@WithTestResource(MongoTestResource.class)
class MongoTransferTest {

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "repositories.database")
    String database;

    @Test
    void an_export_is_imported_with_the_same_commits() {
        json().body(Map.of("projectName", "moving", "stages", List.of(Map.of("stageName", "dev"))))
                .post("/v1/project")
                .then()
                .statusCode(204);
        String commit = write("/v1/project/moving/stage/dev", file("a", "x"));
        byte[] archive = given().get("/v1/transfer/export?project=moving")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        json().delete("/v1/project/moving").then().statusCode(204);
        json().get("/v1/project/moving").then().statusCode(404);

        given().contentType("application/octet-stream")
                .body(archive)
                .post("/v1/transfer/import")
                .then()
                .statusCode(200)
                .body(containsString("\"outcome\":\"imported\""));

        json().get("/v1/project/moving/stage/dev/resource/a")
                .then()
                .statusCode(200)
                .body("resourceContent", equalTo(base64("x")))
                .body("metadata.version", equalTo(commit));
    }

    @Test
    void what_another_replica_has_deleted_is_not_in_the_way() throws IOException {
        json().body(Map.of("projectName", "returning"))
                .post("/v1/project")
                .then()
                .statusCode(204);
        byte[] archive = given().get("/v1/transfer/export?project=returning").asByteArray();
        try (MongoStore elsewhere = new MongoStore(mongo.getDatabase(database))) {
            elsewhere.delete("returning");
        }

        given().contentType("application/octet-stream")
                .body(archive)
                .post("/v1/transfer/import")
                .then()
                .statusCode(200)
                .body(containsString("\"outcome\":\"imported\""));

        json().get("/v1/project/returning").then().statusCode(200);
    }
}
