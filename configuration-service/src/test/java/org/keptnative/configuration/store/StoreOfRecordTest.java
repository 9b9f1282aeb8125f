package org.keptnative.configuration.store;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.GitCommand;

import java.nio.file.Path;
import java.time.Duration;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

/** A replica whose repositories are in files, on a database that somebody else uses with others. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class StoreOfRecordTest {

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "repositories.database")
    String database;

    @TestHTTPResource(value = "/health/ready", management = true)
    String readiness;

    @TempDir
    Path temporary;

    @AfterEach
    void openAgain() {
        given().post("/v1/transfer/store").then().statusCode(204);
        given().get("/v1/project").then().statusCode(200);
    }

    @Test
    void who_comes_first_says_which_one_counts() {
        assertThat(record().getString("kind")).isEqualTo("files");
        assertThat(record().getString("where")).contains(":/");
        readiness(200);
    }

    @Test
    void another_one_is_not_ready_and_serves_nothing_but_the_moving() {
        String project = Keptn.newProject("dev");
        anotherCounts();

        for (String path : new String[] {"/v1/project", project, project + "/stage/dev/resource", "/v1/project/none"}) {
            given().get(path)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo(503))
                    .body("message", containsString("kept in mongodb"));
        }
        given().delete(project).then().statusCode(503);
        assertThat(GitCommand.failingGit(
                        temporary,
                        "ls-remote",
                        RestAssured.baseURI + ":" + RestAssured.port + project.replace("/v1/project/", "/git/")
                                + ".git"))
                .contains("503");
        given().post("/v1/transfer/import").then().statusCode(503);
    }

    @Test
    void by_a_decision_it_is_the_one_that_counts() {
        anotherCounts();

        given().post("/v1/transfer/store").then().statusCode(204);

        readiness(200);
        assertThat(record().getString("kind")).isEqualTo("files");
        String project = Keptn.newProject("dev");
        given().get(project).then().statusCode(200);
    }

    @Test
    void nobody_decides_so_from_outside() {
        given().header("X-Real-IP", "192.0.2.1")
                .post("/v1/transfer/store")
                .then()
                .statusCode(403);
    }

    private void anotherCounts() {
        mongo.getDatabase(database)
                .getCollection(StoreOfRecord.COLLECTION)
                .updateOne(eq("_id", StoreOfRecord.ID), set("kind", "mongodb"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> readiness(503));
    }

    private Document record() {
        return mongo.getDatabase(database)
                .getCollection(StoreOfRecord.COLLECTION)
                .find(eq("_id", StoreOfRecord.ID))
                .first();
    }

    private void readiness(int status) {
        given().get(readiness).then().statusCode(status);
    }
}
