package org.keptnative.e2e.bus;

import io.restassured.path.json.JsonPath;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.util.List;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

/** What the datastore says of those who follow it. */
final class Followers {

    private Followers() {}

    /** Waits until every follower has all events. */
    static void awaitNothingPending(Installation installation) {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            JsonPath answer = given().baseUri(installation.mongodbDatastoreUrl().toString())
                    .get("/follower")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Integer> pending = answer.getList("followers.pending");
            return !pending.isEmpty() && pending.stream().allMatch(count -> count == 0);
        });
    }
}
