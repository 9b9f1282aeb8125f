package org.keptnative.api.command;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.keptnative.api.neighbours.FakeDatabase;
import org.keptnative.api.neighbours.Neighbours;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
@DisabledIfEnvironmentVariable(named = "MONGODB_CONNECTION_STRING", matches = ".+", disabledReason = "it does not hang")
class SilentDatabaseTest {

    FakeDatabase database;

    @AfterEach
    void behave() {
        database.behave();
    }

    @Test
    void a_database_that_takes_the_question_and_says_nothing_is_not_waited_for() {
        database.hang();

        given().config(RestAssuredConfig.config()
                        .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 60_000)))
                .header("x-token", "test-token")
                .delete("/v1/project/sockshop")
                .then()
                .statusCode(503)
                .body("message", startsWith("the database does not answer"));
    }
}
