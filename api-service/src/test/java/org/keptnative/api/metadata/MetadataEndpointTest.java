package org.keptnative.api.metadata;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.api.neighbours.Neighbours;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

/** Outside a cluster. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class MetadataEndpointTest {

    @Test
    void what_is_not_known_is_left_out() {
        given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .get("/v1/metadata")
                .then()
                .statusCode(200)
                .body("keptnlabel", equalTo("keptn"))
                .body("keptnversion", equalTo("0.7.3"))
                .body("keptnnativeversion", not(blankOrNullString()))
                .body("size()", equalTo(3));
    }
}
