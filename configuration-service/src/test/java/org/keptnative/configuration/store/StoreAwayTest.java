package org.keptnative.configuration.store;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.OnMongo;
import org.keptnative.configuration.history.StoppableDatabase;

import java.util.List;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

/** The database that has the repositories goes away: who asks is told so, and not that the projects are damaged. */
@QuarkusTest
@TestProfile(OnMongo.class)
@WithTestResource(MongoTestResource.class)
@WithTestResource(StoppableDatabase.class)
class StoreAwayTest {

    @Test
    void whoever_asks_is_told_to_try_again() {
        StoppableDatabase.up();
        await().untilAsserted(() -> given().get("/v1/project").then().statusCode(200));
        String project = Keptn.newProject("dev");
        List<String> paths = List.of(
                "/v1/project",
                project,
                project + "/stage/dev/resource",
                project.replace("/v1/project/", "/git/") + "/info/refs?service=git-upload-pack");
        paths.forEach(path -> given().get(path).then().statusCode(200));

        StoppableDatabase.down();

        paths.forEach(path -> given().get(path)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body(containsString("the database cannot be reached")));
    }
}
