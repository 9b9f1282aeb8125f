package org.keptnative.datastore.event;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class BadInputTest {

    private static final String PROJECT = "bad-input";

    static Stream<byte[]> bodies() {
        JsonObject good = event(PROJECT);
        Stream<String> texts = Stream.of(
                "",
                " ",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "[" + good.encode() + "]",
                "{",
                "{}",
                good.encode() + good.encode(),
                good.copy().put("type", 1).encode(),
                good.copy().put("type", "").encode(),
                good.copy().put("type", null).encode(),
                good.copy().put("id", JsonObject.of("$gt", "")).encode(),
                good.copy().put("source", true).encode(),
                good.copy().put("shkeptncontext", JsonObject.of("$ne", null)).encode(),
                good.copy().put("triggeredid", 1.5).encode(),
                good.copy().put("specversion", 1).encode(),
                good.copy().put("contenttype", 1).encode(),
                good.copy().put("time", "yesterday").encode(),
                good.copy().put("time", "2026-02-30T00:00:00Z").encode(),
                good.copy().put("time", 1).encode(),
                good.copy().put("data", null).encode(),
                without(good, "data").encode(),
                without(good, "type").encode(),
                good.encode().replace("\"id\"", "\"id\":\"a\",\"id\""),
                good.encode().replace("\"type\"", "\"extension\":1,\"extension\":2,\"type\""),
                good.copy()
                        .put("data", 0)
                        .encode()
                        .replace(":0", ":[{\"b\":{\"a\":1,\"c\":{\"a\":2}}},{\"a\":1,\"b\":{\"a\":1},\"a\":1}]"),
                good.copy().put("data", 0).encode().replace(":0", ":{" + "\"a\":{},".repeat(2) + "\"b\":0}"),
                good.copy().put("data", 0).encode().replace(":0", ":{\"eventContext\":{\"a\":0,\"a\":0}}"),
                good.copy().put("data", 0).encode().replace(":0", ":NaN"),
                good.copy().put("data", 0).encode().replace(":0", ":01"),
                good.copy().put("data", 0).encode().replace(":0", ":" + "[".repeat(10_000) + "]".repeat(10_000)),
                good.copy()
                        .put("data", 0)
                        .encode()
                        .replace(":0", ":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
                good.copy().put("data", 0).encode().replace(":0", ":" + "9".repeat(10_000)),
                JsonObject.of("type", "sh.keptn.internal.event.project.delete", "data", JsonObject.of())
                        .encode());
        byte[] invalidUtf8 = good.copy().put("data", "AA").encode().getBytes(StandardCharsets.ISO_8859_1);
        int at = new String(invalidUtf8, StandardCharsets.ISO_8859_1).indexOf("AA");
        invalidUtf8[at] = (byte) 0xC3;
        byte[] utf16 = good.encode().getBytes(StandardCharsets.UTF_16);
        return Stream.concat(texts.map(text -> text.getBytes(StandardCharsets.UTF_8)), Stream.of(invalidUtf8, utf16));
    }

    private static JsonObject without(JsonObject event, String member) {
        JsonObject copy = event.copy();
        copy.remove(member);
        return copy;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void what_is_no_event_is_refused_and_not_stored(byte[] body) {
        given().contentType("application/json")
                .body(body)
                .post("/event")
                .then()
                .statusCode(400)
                .body("code", equalTo(400))
                .body("message", not(blankOrNullString()))
                .body("message", not(matchesRegex("(?i).*(jackson|java|token|[a-z]\\.[a-z]+\\().*")));
        find("project=" + PROJECT).body("totalCount", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream", "nonsense"})
    void a_content_type_that_carries_no_event_is_refused(String contentType) {
        given().header("Content-Type", contentType)
                .body(event(PROJECT).encode().getBytes(StandardCharsets.UTF_8))
                .post("/event")
                .then()
                .statusCode(415)
                .body("code", equalTo(415))
                .body("message", not(blankOrNullString()));
    }

    @Test
    void a_body_in_binary_mode_cannot_smuggle_attributes_in() {
        given().header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "test")
                .header("ce-type", "x")
                .contentType("application/json")
                .body("1,\"project\":2")
                .post("/event")
                .then()
                .statusCode(400);
    }

    @Test
    void a_batch_has_a_thousand_events_at_the_most() {
        String event = "{\"type\":\"t\",\"source\":\"batch\",\"data\":{}},";
        for (int size : List.of(1000, 1001)) {
            String batch = event.repeat(size);
            given().header("Content-Type", "application/cloudevents-batch+json")
                    .body(("[" + batch.substring(0, batch.length() - 1) + "]").getBytes(StandardCharsets.UTF_8))
                    .post("/event")
                    .then()
                    .statusCode(size == 1000 ? 201 : 413);
        }
    }

    @Test
    void forty_megabytes_are_too_much() {
        given().contentType("application/json")
                .body(event(PROJECT).put("data", "x".repeat(40_000_000)).encode())
                .post("/event")
                .then()
                .statusCode(413)
                .body("code", equalTo(413))
                .body("message", not(blankOrNullString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "type", "shkeptncontext", "triggeredid"})
    void a_megabyte_in_an_attribute_is_stored_and_found(String attribute) {
        String project = unique("long");
        JsonObject event = event(project).put(attribute, "ä".repeat(1_000_000));
        post(event);
        find("project=" + project).body("events." + attribute, contains(event.getString(attribute)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$where",
                "{$gt: ''}",
                ".*",
                "^a|b$",
                "a.b",
                "a&type=b",
                "x'\"\\",
                "\u0000",
                "%00",
                "sha256:x",
                "\uD83D\uDE00"
            })
    void odd_text_is_found_as_it_is_and_finds_nothing_else(String odd) {
        String project = unique("odd") + odd;
        JsonObject event = event(project)
                .put("id", odd)
                .put("source", unique(odd))
                .put("type", odd)
                .put("shkeptncontext", odd);
        event.getJsonObject("data")
                .put("stage", odd)
                .put("service", odd)
                .put("$where", "1")
                .put("a.b", "$c");
        post(event);
        post(event(project));
        given().queryParam("project", project)
                .queryParam("eventID", odd)
                .queryParam("source", event.getString("source"))
                .queryParam("type", odd)
                .queryParam("keptnContext", odd)
                .queryParam("stage", odd)
                .queryParam("service", odd)
                .get("/event")
                .then()
                .statusCode(200)
                .body("totalCount", equalTo(1))
                .body("events[0].id", equalTo(odd))
                .body("events[0].data.'$where'", equalTo("1"));
        given().queryParam("project", project)
                .queryParam("stage", odd)
                .get("/event")
                .then()
                .body("events.id", contains(odd));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/event?pageSize=0|422",
                "/event?pageSize=101|422",
                "/event?pageSize=x|422",
                "/event?pageSize=99999999999|422",
                "/event?fromTime=now|422",
                "/event?pageSize=|200",
                "/event?nextPageKey=x|200",
                "/event?nextPageKey=-1|200",
                "/event?nextPageKey=99999999999999999999|200",
                "/event?unknown=1|200",
                "/event?project[$ne]=1|200",
                "/event/type/x|400",
                "/event/type/x?filter=|400",
                "/event/type/x?filter=data.stage:dev|400",
                "/event/type/x?filter=data.project:p&limit=0|422",
                "/event/type/x?filter=data.project:p&limit=101|422",
                "/event/type/x?filter=data.project:p&limit=x|422",
                "/event/type/x?filter=data.project:p&fromTime=x|422",
                "/event/type/x?filter=data.project:p,q|400",
                "/event/type/x?filter=shkeptncontext:p,q|400",
                "/event/type/x?filter=data.project:p%20AND%20$where:1|400",
                "/event/type/x?filter=data.project:p%20AND%20data.$gt:1|400",
                "/event/type/x?filter=data.project:p%20AND%20nonsense|400",
                "/event/type/x?filter=data.project:p%20AND%20|400",
                "/event/type/x?filter=data.project:|400",
                "/event/type/x?filter=:p|400",
                "/event/type/x?filter=data.project:p&source=ignored|200",
                "/event/type/|404",
                "/events|404"
            })
    void parameters_are_checked(String uri, int status) {
        var answer = given().urlEncodingEnabled(false).get(uri).then().statusCode(status);
        if (status != 200) {
            answer.body("code", equalTo(status)).body("message", not(blankOrNullString()));
        }
    }
}
