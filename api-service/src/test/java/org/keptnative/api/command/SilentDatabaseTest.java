package org.keptnative.api.command;

import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.keptnative.api.neighbours.FakeDatabase;
import org.keptnative.api.neighbours.Neighbours;

import java.time.Duration;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
@DisabledIfEnvironmentVariable(named = "MONGODB_CONNECTION_STRING", matches = ".+", disabledReason = "it does not hang")
class SilentDatabaseTest {

    FakeDatabase database;

    @Inject
    ReactiveMongoClient mongo;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String name;

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
                .delete("/v1/project/silent")
                .then()
                .statusCode(503)
                .body("message", startsWith("the database does not answer"));

        // What nobody has acknowledged is not carried out at the next start either.
        await().until(
                        () -> mongo.getDatabase(name)
                                .getCollection("commands")
                                .countDocuments(Filters.regex("parameters", "silent"))
                                .await()
                                .atMost(Duration.ofSeconds(30)),
                        is(0L));
    }
}
