package org.keptnative.datastore;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.ids;

@QuarkusTest
@WithTestResource(DatabaseProxy.class)
@WithTestResource(FollowerTestResource.class)
class DatabaseDownTest {

    @TestHTTPResource(value = "/health/live", management = true)
    String live;

    @TestHTTPResource(value = "/health/ready", management = true)
    String ready;

    private final String project = unique("down");
    private JsonObject named;
    private final JsonObject unconfirmed = event(project).put("source", "unconfirmed");

    @AfterEach
    void up() {
        DatabaseProxy.set(DatabaseProxy.Mode.FORWARD);
    }

    /** Two of a batch: one has the id that its sender gave, the other one that it could not know otherwise. */
    private void assertThatAnUnconfirmedEventIsNamed() {
        JsonObject withoutId = event(project).put("source", "unconfirmed");
        withoutId.remove("id");
        List<String> ids = given().contentType("application/cloudevents-batch+json")
                .body(JsonArray.of(unconfirmed, withoutId).encode())
                .post("/event")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .extract()
                .path("unconfirmed");
        assertThat(ids).hasSize(2).startsWith(unconfirmed.getString("id")).doesNotContain("");
        named = withoutId.put("id", ids.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseProxy.Mode.class,
            names = {"CLOSE", "HANG"})
    void requests_fail_clearly_and_recover_without_a_restart(DatabaseProxy.Mode mode) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get(ready).then().statusCode(200));
        String before = post(event(project));

        DatabaseProxy.set(mode);
        IntStream.range(0, 10)
                .parallel()
                .forEach(i -> post(event(project).encode())
                        .statusCode(503)
                        .body("code", equalTo(503))
                        .body("message", containsString("database")));
        assertThatAnUnconfirmedEventIsNamed();
        given().get("/event?project=" + project).then().statusCode(503).body("code", equalTo(503));
        given().get(live).then().statusCode(200);
        given().get(ready).then().statusCode(503);

        DatabaseProxy.set(DatabaseProxy.Mode.FORWARD);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get(ready).then().statusCode(200));
        post(unconfirmed);
        post(unconfirmed);
        post(named);
        find("project=" + project + "&source=unconfirmed").body("totalCount", equalTo(2));
        String after = post(event(project).put("time", "2027-01-01T00:00:00Z"));
        find("pageSize=1&project=" + project).body("events.id", contains(after));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ids(FIRST, project)).contains(before, after));
    }

    /** Four questions of which each is answered within the limit of one. */
    @Test
    void a_request_has_one_limit_whatever_it_asks_the_database() {
        JsonObject deletion = event(project).put("type", "sh.keptn.internal.event.project.delete");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> post(event(project)));

        DatabaseProxy.set(DatabaseProxy.Mode.SLOW);
        post(deletion.encode()).statusCode(503).body("unconfirmed", contains(deletion.getString("id")));

        DatabaseProxy.set(DatabaseProxy.Mode.FORWARD);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> post(deletion));
        find("eventID=" + deletion.getString("id")).body("totalCount", equalTo(1));
    }

    @Test
    void an_outage_is_told_once_and_without_traces() {
        List<LogRecord> told = new CopyOnWriteArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get(ready).then().statusCode(200));
        Logger.getLogger("").addHandler(log);
        try {
            DatabaseProxy.set(DatabaseProxy.Mode.CLOSE);
            for (int i = 0; i < 3; i++) {
                post(event(project).encode()).statusCode(503);
                given().get("/event?project=" + project).then().statusCode(503);
            }
            assertThat(told)
                    .filteredOn(entry -> entry.getLoggerName().matches("org\\.(keptnative|mongodb)\\..*")
                            && entry.getLevel().intValue() >= Level.WARNING.intValue())
                    .hasSizeLessThan(2)
                    .allMatch(entry -> entry.getThrown() == null);

            DatabaseProxy.set(DatabaseProxy.Mode.FORWARD);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> told.stream().anyMatch(entry -> tells(entry, "event=database-answers")));
        } finally {
            Logger.getLogger("").removeHandler(log);
        }
    }

    private static boolean tells(LogRecord entry, String event) {
        return entry.getMessage().startsWith(event);
    }
}
