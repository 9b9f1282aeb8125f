package org.keptnative.configuration.transfer;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;

import java.time.Duration;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

/** From another store, and back to this one, which still has what it had before. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ChangeOfStoreTest {

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "repositories.database")
    String database;

    @TestHTTPResource(value = "/health/ready", management = true)
    String readiness;

    @AfterEach
    void openAgain() {
        given().post("/v1/transfer/store").then().statusCode(204);
    }

    @Test
    void a_move_leaves_just_what_was_moved_and_opens_the_door() {
        String moved = Keptn.newProject("dev");
        String deletedMeanwhile = Keptn.newProject("dev");
        String head = Keptn.write(moved + "/stage/dev", Keptn.file("a", "1"));
        byte[] export = Archive.without("PART", export(moved));
        Keptn.write(moved + "/stage/dev", Keptn.file("a", "2"));
        anotherCounts();

        importing(export, "dryRun=true&move=true").body(containsString("in place of what is left here"));
        given().get(moved).then().statusCode(503);
        importing(export, "move=true").body(containsString("\"outcome\":\"imported\""));

        given().get(readiness).then().statusCode(200);
        given().get(moved + "/stage/dev/resource").then().statusCode(200).body(containsString(head));
        given().get(deletedMeanwhile).then().statusCode(404);
        importing(export, "move=true").body(containsString("\"outcome\":\"present\""));
    }

    @Test
    void the_door_stays_shut_when_one_was_left_out() {
        String project = Keptn.newProject("dev");
        byte[] broken = new Archive()
                .file("config/Bad_Name/.git/HEAD", "ref: refs/heads/master\n")
                .bytes();
        anotherCounts();

        importing(broken, "move=true").body(containsString("\"outcome\":\"refused\""));

        given().get(project).then().statusCode(503);
    }

    @Test
    void an_export_of_one_project_is_no_move() {
        String project = Keptn.newProject("dev");
        Keptn.newProject("dev");
        byte[] part = export(project);
        anotherCounts();

        for (String query : new String[] {"dryRun=true&move=true", "move=true"}) {
            post(part, query).statusCode(400).body("message", containsString("export all projects"));
        }

        given().get(project).then().statusCode(503);
    }

    @Test
    void nothing_is_no_move() {
        String project = Keptn.newProject("dev");
        anotherCounts();

        for (byte[] nothing : new byte[][] {{}, new Archive().bytes()}) {
            post(nothing, "move=true").statusCode(400);
        }

        given().get(project).then().statusCode(503);
    }

    /** It would not be served, or would be moved back in place of what is newer. */
    @Test
    void nothing_else_comes_in_or_goes_out_while_another_store_counts() {
        String project = Keptn.newProject("dev");
        byte[] export = export(project);
        anotherCounts();

        post(export, "move=false").statusCode(503).body("message", containsString("MOVE=yes"));
        given().get("/v1/transfer/export").then().statusCode(503).body("message", containsString("kept in mongodb"));
    }

    private static byte[] export(String project) {
        return given().get("/v1/transfer/export?project=" + name(project))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private static ValidatableResponse importing(byte[] archive, String query) {
        return post(archive, query).statusCode(200);
    }

    private static ValidatableResponse post(byte[] archive, String query) {
        return given().contentType("application/x-tar")
                .body(archive)
                .post("/v1/transfer/import?" + query)
                .then();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void anotherCounts() {
        mongo.getDatabase(database)
                .getCollection("configuration")
                .updateOne(eq("_id", "repositories"), set("kind", "mongodb"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get(readiness).then().statusCode(503));
    }
}
