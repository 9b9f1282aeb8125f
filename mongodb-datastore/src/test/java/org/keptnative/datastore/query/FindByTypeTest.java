package org.keptnative.datastore.query;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.util.List;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class FindByTypeTest {

    private static final String DONE = "sh.keptn.events.evaluation-done";

    private final String project = unique("type");

    @Test
    void the_filter_selects_by_equality_with_any_of_its_values() {
        String pass = post(evaluation("pass"));
        String warning = post(evaluation("warning"));
        String fail = post(evaluation("fail"));
        post(event(project));
        JsonObject elsewhere = evaluation("pass");
        elsewhere.getJsonObject("data").put("service", "other");
        post(elsewhere);
        String service = "data.project:" + project + " AND data.stage:dev AND data.service:carts";
        find(DONE, service).body("events.id", contains(fail, warning, pass)).body("$", aMapWithSize(1));
        find(DONE, service + " AND data.result:pass,warning").body("events.id", contains(warning, pass));
        find(DONE, service + " AND data.result:fail").body("events.id", contains(fail));
        find(DONE, service + " AND id:" + pass).body("events.id", contains(pass));
        find(DONE, service + " AND id:" + pass + "," + fail).body("events.id", contains(fail, pass));
        find(DONE, "data.project:" + project + " AND data.service:carts,other").body("events", hasSize(4));
        find(DONE, service + " AND type:ignored").body("events", hasSize(3));
        find(DONE, service + " AND data.result:pas").body("events", empty());
        find("sh.keptn.events", service).body("events", empty());
    }

    @Test
    void a_path_may_lead_anywhere_into_the_event() {
        JsonObject event = evaluation("pass").put("triggeredid", "t-1").put("source", "https://host:1/x");
        event.getJsonObject("data")
                .put("labels", JsonObject.of("a", JsonObject.of("b", "c")))
                .put("tags", List.of("x", "y"));
        String id = post(event);
        post(evaluation("pass"));
        for (String condition :
                List.of("data.labels.a.b:c", "data.tags:y", "triggeredid:t-1", "source:https://host:1/x")) {
            find(DONE, "data.project:" + project + " AND " + condition).body("events.id", contains(id));
            find(DONE, "shkeptncontext:" + event.getString("shkeptncontext") + " AND " + condition)
                    .body("events.id", contains(id));
        }
    }

    /** More strings than are noted beside an event come before the one that is asked for. */
    @Test
    void the_filter_reads_a_large_event_itself() {
        JsonObject large = evaluation("pass");
        JsonObject data = large.getJsonObject("data");
        JsonArray many = new JsonArray();
        IntStream.range(0, 3000).forEach(i -> many.add("v" + i));
        JsonObject reordered = JsonObject.of("many", many, "n".repeat(1000), JsonObject.of("x", "below"))
                .mergeIn(data)
                .put("late", JsonArray.of(JsonObject.of("x", "y"), JsonObject.of("a.b", "c")))
                .put("long", "l".repeat(5000));
        String id = post(large.put("data", reordered));
        post(evaluation("pass"));
        String inProject = "data.project:" + project + " AND ";
        for (String condition : List.of(
                "data.late.x:z,y",
                "data.many:v0",
                "data.many:v2999",
                "data.long:" + "l".repeat(5000),
                "data.result:pass AND data.late.x:y")) {
            find(DONE, inProject + condition, "limit", "1").body("events.id", contains(id));
        }
        for (String condition : List.of(
                "data.late.x:z",
                "data.many:v3000",
                "data.late:y",
                "late.x:y",
                "data.late.a.b:c",
                "data.result:fail",
                "data.result:fail AND data.late.x:y")) {
            find(DONE, inProject + condition).body("events", empty());
        }
    }

    @Test
    void the_context_alone_suffices() {
        JsonObject event = evaluation("pass");
        String id = post(event);
        find(DONE, "shkeptncontext:" + event.getString("shkeptncontext")).body("events.id", contains(id));
        find(DONE, "shkeptncontext:" + unique("unknown")).body("events", empty());
    }

    @Test
    void limit_and_from_time_select_the_newest() {
        post(evaluation("pass").put("time", "2026-01-01T00:00:00Z"));
        String second = post(evaluation("pass").put("time", "2026-01-02T00:00:00Z"));
        String third = post(evaluation("pass").put("time", "2026-01-03T00:00:00Z"));
        find(DONE, "data.project:" + project, "limit", "2").body("events.id", contains(third, second));
        find(DONE, "data.project:" + project, "fromTime", "2026-01-02T00:00:00Z")
                .body("events.id", contains(third));
    }

    @Test
    void a_filter_without_project_and_context_is_refused() {
        given().queryParam("filter", "data.stage:dev")
                .get("/event/type/" + DONE)
                .then()
                .statusCode(400)
                .body("message", startsWith("must provide a filter containing at least one of the following"));
    }

    @ParameterizedTest
    @CsvSource({
        "sh.keptn.events.evaluation-done, sh.keptn.events.evaluation.invalidated",
        "sh.keptn.event.evaluation.finished, sh.keptn.event.evaluation.invalidated",
        "plain, invalidated"
    })
    void invalidated_events_are_left_out_before_the_limit(String type, String invalidation) {
        String valid = post(evaluation("pass").put("type", type));
        String alsoValid = post(evaluation("pass").put("type", type));
        for (int i = 0; i < 5; i++) {
            String invalid = post(evaluation("pass").put("type", type));
            post(event(project).put("type", invalidation).put("triggeredid", invalid));
        }
        post(event(project).put("type", "other.invalidated").put("triggeredid", valid));
        post(event(unique("other")).put("type", invalidation).put("triggeredid", valid));
        String filter = "data.project:" + project;
        find(type, filter, "excludeInvalidated", "true", "limit", "1").body("events.id", contains(alsoValid));
        find(type, filter, "excludeInvalidated", "1").body("events.id", contains(alsoValid, valid));
        find(type, filter, "excludeInvalidated", "false").body("events", hasSize(7));
        find(type, filter).body("events", hasSize(7));
    }

    @Test
    void an_invalidation_may_arrive_before_what_it_invalidates() {
        JsonObject evaluation = evaluation("pass");
        post(event(project)
                .put("type", "sh.keptn.events.evaluation.invalidated")
                .put("triggeredid", evaluation.getString("id")));
        post(evaluation);
        find(DONE, "data.project:" + project, "excludeInvalidated", "true").body("events", equalTo(List.of()));
    }

    private JsonObject evaluation(String result) {
        JsonObject event = event(project).put("type", DONE);
        event.getJsonObject("data").put("result", result);
        return event;
    }

    private static ValidatableResponse find(String type, String filter, String... parameters) {
        var request = given().queryParam("filter", filter);
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get("/event/type/" + type).then().statusCode(200);
    }
}
