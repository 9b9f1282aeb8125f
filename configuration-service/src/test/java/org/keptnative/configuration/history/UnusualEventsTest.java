package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

/** Events that are hostile, late, malformed or about nothing that exists. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class UnusualEventsTest {

    @Inject
    HistoryStore store;

    @ParameterizedTest
    @ValueSource(strings = {"$where", "$set.$inc", "a.b", ".", "0", "_id", "größe.日本.\uD83D\uDE00", "\u0000"})
    void a_hostile_event_is_kept_like_any_other(String text) {
        String project = newProject("carts");

        post(event(project, text).with("id", text).with("shkeptncontext", text)).statusCode(200);
        post(event(project, "sh.keptn.event.approval.triggered").with("id", text))
                .statusCode(200);

        assertThat(service(project).extract().<Map<String, Object>>path("lastEventTypes"))
                .hasSize(2);
    }

    /** Half of a pair is no character: JSON can spell it, UTF-8 cannot. */
    @Test
    void a_broken_character_is_kept_as_a_replacement() {
        String project = newProject("carts");
        String event =
                "{\"id\":\"\\ud800\",\"type\":\"a\\ud800\",\"data\":{\"project\":\"%s\",\"stage\":\"dev\",\"service\":\"carts\"}}";

        post(event.formatted(project)).statusCode(200);

        service(project).body("lastEventTypes", aMapWithSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "project | ''      | the event names no project",
                "stage   | ''      | the event names no stage",
                "service | ''      | the event names no service",
                "project | unknown | there is no such project, stage or service",
                "project | ../x    | there is no such project, stage or service",
                "stage   | unknown | there is no such project, stage or service",
                "stage   | master  | there is no such project, stage or service",
                "service | unknown | there is no such project, stage or service",
                "service | ../dev  | there is no such project, stage or service",
            })
    void an_event_of_something_that_does_not_exist_is_not_for_this_service(String member, String name, String message) {
        String project = newProject("carts");
        long before = store.count();

        post(event(project, "t").data(member, name))
                .statusCode(200)
                .body("remembered", equalTo(false))
                .body("message", equalTo(message));

        assertThat(store.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"t\"}",
                "{\"type\":\"t\",\"data\":{}}",
                "{\"type\":\"t\",\"data\":null}",
                "{\"type\":\"t\",\"data\":[]}",
                "{\"type\":\"t\",\"data\":\"x\"}",
                "{\"type\":\"t\",\"data\":{\"project\":1}}",
                "{\"type\":\"sh.keptn.internal.event.project.create\",\"data\":{\"project\":\"p\"}}",
            })
    void an_event_of_no_service_is_none_for_this_one(String body) {
        given().contentType("application/cloudevents+json")
                .body(body)
                .post("/v1/event")
                .then()
                .statusCode(200)
                .body("remembered", equalTo(false))
                .body("message", startsWith("the event names no "));
    }

    /** A million values, of which a tree would take a hundred times their bytes, and none matters. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s{}]", "{%s\"project\":{}}"})
    void an_event_of_a_million_values_is_taken(String values) {
        String project = newProject("carts");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            many.append(values.startsWith("[") ? "{}," : "\"" + i + "\":0,");
        }

        post("{\"type\":\"t\",\"x\":%1$s,\"data\":{\"x\":%1$s,\"project\":\"%2$s\",\"stage\":\"dev\",\"service\":\"carts\"}}"
                        .formatted(values.formatted(many), project))
                .statusCode(200)
                .body("remembered", equalTo(true));
    }

    @Test
    void an_event_in_another_encoding_is_refused() {
        given().contentType("application/cloudevents+json")
                .body("{\"type\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
                .post("/v1/event")
                .then()
                .statusCode(400)
                .body("message", equalTo("the body is no JSON in UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                          | 400",
                "null                                      | 400",
                "[]                                        | 400",
                "\"text\"                                  | 400",
                "{                                         | 400",
                "{}                                        | 422",
                "{\"type\":\"\",\"data\":{}}               | 422",
                "{\"type\":\"t\",\"time\":\"yesterday\",\"data\":{}} | 400",
                "{\"type\":{},\"data\":{}}                 | 400",
            })
    void a_malformed_event_is_refused_with_a_reason(String body, int status) {
        var request = given().contentType("application/cloudevents+json");
        if (body != null) {
            request.body(body);
        }
        request.post("/v1/event")
                .then()
                .statusCode(status)
                .body("code", equalTo(status))
                .body("message", not(blankOrNullString()));
    }

    /** It would mean one thing here and another to the next reader. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"a\",\"type\":\"b\",\"data\":{}}",
                "{\"type\":\"a\",\"data\":{},\"data\":{}}",
                "{\"type\":\"a\",\"data\":{},\"x\":1,\"x\":[]}",
                "{\"type\":\"a\",\"data\":{\"project\":\"p\",\"project\":\"q\"}}",
                "{\"type\":\"a\",\"data\":{\"configurationChange\":{\"values\":{\"image\":\"i\",\"image\":\"j\"}}}}",
            })
    void an_event_that_repeats_a_name_is_refused(String body) {
        post(body).statusCode(400).body("message", startsWith("the body is no JSON in UTF-8, or repeats a name"));
    }

    @Test
    void a_name_that_matters_is_not_repeated_behind_however_many_others() {
        StringBuilder many = new StringBuilder("{\"type\":\"a\",");
        for (int i = 0; i < 10_000; i++) {
            many.append("\"x").append(i).append("\":0,");
        }
        post(many + "\"time\":\"\",\"time\":\"\"}").statusCode(400);
        post(many + "\"time\":\"\"}").statusCode(200);
    }

    /** What is not read means nothing, and to know all of its names would take many times its bytes. */
    @Test
    void what_is_passed_over_may_repeat_names() {
        post("{\"type\":\"a\",\"data\":{\"x\":1,\"x\":2},\"x\":{\"y\":1,\"y\":2}}")
                .statusCode(200);
    }

    @Test
    void a_type_that_is_too_long_and_a_time_that_is_out_of_range_are_refused() {
        String project = newProject("carts");

        post(event(project, "t".repeat(501))).statusCode(422);
        post(event(project, "t").with("time", "2300-01-01T00:00:00Z")).statusCode(422);
        post(event(project, "t").with("id", "i".repeat(301))).statusCode(422);
        post(event(project, "t").data("image", "i".repeat(301))).statusCode(422);

        service(project).body("lastEventTypes", nullValue());
    }

    @Test
    void a_late_event_does_not_bring_back_what_was_deleted() {
        String project = newProject("carts");
        post(event(project, "t")).statusCode(200);

        given().delete("/v1/project/{p}/service/carts", project).then().statusCode(204);

        post(event(project, "t")).statusCode(200).body("remembered", equalTo(false));
        assertThat(store.count("project", project)).isZero();
        Api.createService(project, "carts");
        service(project).body("lastEventTypes", nullValue());
    }

    @Test
    void the_documents_of_a_deleted_project_are_gone() {
        String project = newProject("carts");
        post(event(project, "t")).statusCode(200);

        given().delete("/v1/project/{p}", project).then().statusCode(204);

        post(event(project, "t")).statusCode(200).body("remembered", equalTo(false));
        assertThat(store.count("project", project)).isZero();
    }
}
