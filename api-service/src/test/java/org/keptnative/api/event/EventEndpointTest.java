package org.keptnative.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.api.neighbours.FakeDatastore;
import org.keptnative.api.neighbours.Neighbours;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class EventEndpointTest {

    private static final String EVENT = """
            {"type":"sh.keptn.event.configuration.change","source":"https://example.org/ci",
             "specversion":"0.2","id":"mine","time":"2020-01-01T00:00:00.000Z","contenttype":"text/plain",
             "shkeptncontext":"6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55","triggeredid":"before","extensions":{"a":1},
             "data":{"project":"sockshop","eventContext":null,"count":9007199254740993,"ratio":1.10,"none":null}}""";

    FakeDatastore datastore;

    @AfterEach
    void behave() {
        datastore.reset();
    }

    @Test
    void an_event_is_stored_in_its_envelope_before_it_is_answered() {
        Instant before = Instant.now().minusMillis(1);
        String token = post("application/json", EVENT)
                .statusCode(200)
                .body("keptnContext", equalTo("6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55"))
                .body("token", not(blankOrNullString()))
                .extract()
                .path("token");

        JsonNode stored = datastore.eventOf("6f2a2a04-2f8b-4b4f-9a35-0a1d3f0f0a55");
        assertThat(stored.get("specversion").asText()).isEqualTo("0.2");
        assertThat(stored.get("id").asText()).isEqualTo("mine");
        assertThat(Instant.parse(stored.get("time").asText())).isBetween(before, Instant.now());
        assertThat(stored.get("type").asText()).isEqualTo("sh.keptn.event.configuration.change");
        assertThat(stored.get("source").asText()).isEqualTo("https://example.org/ci");
        assertThat(stored.get("contenttype").asText()).isEqualTo("application/json");
        assertThat(stored.get("triggeredid").asText()).isEqualTo("before");
        assertThat(stored.has("extensions")).isFalse();
        assertThat(stored.get("data").get("count").asLong()).isEqualTo(9007199254740993L);
        assertThat(stored.get("data").get("ratio").decimalValue()).isEqualByComparingTo("1.1");
        assertThat(stored.get("data").get("none").isNull()).isTrue();
        assertThat(stored.get("data").get("eventContext").get("keptnContext")).isEqualTo(stored.get("shkeptncontext"));
        assertThat(stored.get("data").get("eventContext").get("token").asText()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/cloudevents+json"})
    void both_content_types_count_as_json(String contentType) {
        post(contentType, EVENT).statusCode(200);
    }

    @Test
    void the_newer_specification_is_understood_too() {
        String context = post("application/cloudevents+json", """
                        {"specversion":"1.0","id":"x","source":"ci","type":"sh.keptn.events.done","time":"2020-01-01T00:00:00Z",
                         "datacontenttype":"application/json","subject":"s","shkeptnspecversion":"0.2.0","data":{"project":"p"}}""")
                .statusCode(200)
                .extract()
                .path("keptnContext");
        JsonNode stored = datastore.eventOf(context);
        assertThat(stored.get("specversion").asText()).isEqualTo("0.2");
        assertThat(stored.has("datacontenttype")).isFalse();
        assertThat(stored.get("subject").asText()).isEqualTo("s");
        assertThat(stored.get("shkeptnspecversion").asText()).isEqualTo("0.2.0");
    }

    @Test
    void attributes_may_come_as_headers() {
        given().header("x-token", "test-token")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "x")
                .header("CE-Type", "sh.keptn.events.done")
                .header("ce-source", "ci")
                .header("ce-shkeptncontext", "a")
                .body("{\"project\":\"p\"}")
                .post("/v1/event")
                .then()
                .statusCode(200);
        JsonNode stored = datastore.eventOf("61202020-2020-4020-a020-202020202020");
        assertThat(stored.get("type").asText()).isEqualTo("sh.keptn.events.done");
        assertThat(stored.get("data").get("project").asText()).isEqualTo("p");
    }

    @Test
    void the_newest_event_of_a_context_can_be_asked_for() throws Exception {
        for (String time :
                List.of("2020-01-01T10:00:00.000Z", "2020-01-01T13:00:00+02:00", "2020-01-01T10:30:00.000Z")) {
            datastore.store("{\"shkeptncontext\":\"c\",\"type\":\"t\",\"time\":\"" + time + "\",\"data\":{}}");
        }
        get("?keptnContext=c&type=t&pageSize=10").statusCode(200).body("time", equalTo("2020-01-01T13:00:00+02:00"));
        get("?keptnContext=c&type=other")
                .statusCode(404)
                .body("message", equalTo("No other event found for Keptn context: c"));
        get("?keptnContext=&type=t").statusCode(422).body("message", containsString("keptnContext"));
        get("?keptnContext=c").statusCode(422).body("message", containsString("type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                    | 400 | event",
                "null                                                | 400 | event",
                "[]                                                  | 400 | event",
                "{                                                   | 400 | parsing",
                "{\"type\":\"a\",\"source\":\"b\"}                   | 422 | data",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":null}     | 422 | data",
                "{\"type\":\"a\",\"data\":{}}                        | 422 | source",
                "{\"source\":\"a\",\"data\":{}}                      | 422 | type",
                "{\"type\":\"\",\"source\":\"b\",\"data\":{}}        | 400 | type",
                "{\"type\":1,\"source\":\"b\",\"data\":{}}           | 400 | type",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":\"x\"}    | 400 | data",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":[1]}      | 400 | data",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":7}        | 400 | data",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":{},\"time\":\"noon\"} | 422 | time",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":{},\"shkeptncontext\":1} | 400 | shkeptncontext",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":{},\"type\":\"c\"} | 400 | twice",
                "{\"type\":\"a\",\"data\":{},\"source\":\"b\",\"data\":{}} | 400 | twice",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":{}}{}    | 400 | nothing after it",
                "{\"type\":\"a\",\"source\":\"b\",\"data\":{\"x\":[1,]}} | 400 | line 1",
            })
    void what_is_no_event_is_refused_and_not_stored(String body, int status, String complaint) {
        post("application/json", body == null ? "" : body)
                .statusCode(status)
                .body("code", equalTo(status))
                .body("message", containsString(complaint));
        assertThat(datastore.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',https://github.com/keptn/keptn/api",
        "'%zz',https://github.com/keptn/keptn/api",
        "cli,cli",
        "GitLab CI,GitLab%20CI"
    })
    void the_source_is_kept_if_it_is_one(String given, String stored) {
        String context = post("application/json", "{\"type\":\"a\",\"source\":\"" + given + "\",\"data\":{}}")
                .statusCode(200)
                .extract()
                .path("keptnContext");
        assertThat(datastore.eventOf(context).get("source").asText()).isEqualTo(stored);
    }

    @Test
    void an_event_that_is_sent_again_is_stored_once_and_answered_alike() {
        String again = "{\"id\":\"1\",\"source\":\"ci\",\"type\":\"t\",\"data\":{\"n\":1.10,\"eventContext\":null}}";
        String context = post("application/json", again).extract().path("keptnContext");
        post("application/json", again).statusCode(200).body("keptnContext", equalTo(context));
        assertThat(datastore.events()).hasSize(1);

        String other = post("application/json", again.replace("1.10", "2"))
                .statusCode(200)
                .extract()
                .path("keptnContext");
        assertThat(datastore.events()).hasSize(2);
        assertThat(datastore.eventOf(other).get("id").asText()).hasSize(36);
        assertThat(datastore.eventOf(other).get("data").get("n").asInt()).isEqualTo(2);
    }

    @Test
    void an_event_that_the_log_calls_new_is_not_read_again() {
        int before = datastore.server().asked();
        post("application/json", EVENT).statusCode(200);
        assertThat(datastore.server().asked() - before).isEqualTo(2); // whether it is known, and to store it
    }

    @Test
    void a_client_that_does_not_know_whether_an_event_is_stored_can_find_out() {
        datastore.server().failWith(500, "no primary");
        String event = "{\"source\":\"ci\",\"type\":\"t\",\"data\":{}}";
        String message =
                post("application/json", event).statusCode(503).extract().path("message");
        Matcher id = Pattern.compile("eventID=([0-9a-f-]{36})").matcher(message);
        assertThat(id.find()).isTrue();
        datastore.server().behave();

        String resent = event.replace("{\"source", "{\"id\":\"" + id.group(1) + "\",\"source");
        String context = post("application/json", resent).extract().path("keptnContext");
        assertThat(datastore.eventOf(context).get("id").asText()).isEqualTo(id.group(1));
        post("application/json", resent).body("keptnContext", equalTo(context));
        assertThat(datastore.events()).hasSize(1);
    }

    @Test
    void an_event_whose_data_is_another_is_not_the_same() {
        String event = "{\"id\":\"1\",\"source\":\"ci\",\"type\":\"t\",\"data\":%s}";
        List<String> all = List.of(
                "{}",
                "{\"a\":1}",
                "{\"a\":\"1\"}",
                "{\"a\":1,\"b\":2}",
                "{\"a\":[1,[2]]}",
                "{\"a\":[1,2]}",
                "{\"a\":{\"b\":null}}",
                "{\"a\":{\"c\":null}}");
        for (String data : all) {
            post("application/json", event.formatted(data)).statusCode(200);
        }
        post("application/json", event.formatted("{\"eventContext\" : 3 }")).statusCode(200);
        assertThat(datastore.events()).hasSize(all.size());
    }

    @Test
    void a_string_of_twenty_megabytes_is_stored() {
        String text = "x".repeat(20 << 20);
        String context = post(
                        "application/json", "{\"source\":\"ci\",\"type\":\"t\",\"data\":{\"log\":\"" + text + "\"}}")
                .statusCode(200)
                .extract()
                .path("keptnContext");
        assertThat(datastore.eventOf(context).at("/data/log").textValue()).isEqualTo(text);
    }

    /** To store an event under its id, it is asked three times, and each answer comes in time. */
    @Test
    void a_slow_datastore_is_waited_for_as_long_as_for_one_answer() {
        datastore.server().delay(3_000);
        post("application/json", "{\"id\":\"slow\",\"source\":\"ci\",\"type\":\"t\",\"data\":{}}")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("message", startsWith("mongodb-datastore does not answer in time"))
                .body("message", containsString("eventID=slow"));
    }

    @Test
    void a_failing_datastore_is_named() {
        datastore.server().failWith(500, "no primary");
        post("application/json", EVENT)
                .statusCode(503)
                .body("message", startsWith("mongodb-datastore failed: no primary"));
    }

    private static ValidatableResponse get(String query) {
        return given().header("x-token", "test-token").get("/v1/event" + query).then();
    }

    private static ValidatableResponse post(String contentType, String body) {
        return given().header("x-token", "test-token")
                .header("Content-Type", contentType)
                .body(body)
                .post("/v1/event")
                .then();
    }
}
