package org.keptnative.datastore.delivery;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class FollowerEndpointTest {

    @Test
    void followers_are_listed() {
        given().get("/follower")
                .then()
                .statusCode(200)
                .body("followers.name", contains("configuration-service", "second"))
                .body("followers[0].url", endsWith(FollowerTestResource.FIRST))
                .body("followers.types", contains(contains("sh.keptn.>"), contains("sh.keptn.both.*", "exact")));
    }
}
