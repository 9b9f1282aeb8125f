package org.keptnative.datastore.query;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class FindEventsTest {

    private final String project = unique("find");

    @Test
    void each_parameter_alone_and_all_combined_select_by_equality() {
        JsonObject wanted =
                event(project).put("type", "wanted").put("source", "wanted").put("shkeptncontext", project);
        wanted.getJsonObject("data").put("stage", "wanted").put("service", "wanted");
        post(event(project));
        String id = post(wanted);
        post(event(project));
        List<String> conditions = List.of(
                "type=wanted",
                "source=wanted",
                "stage=wanted",
                "service=wanted",
                "keptnContext=" + project,
                "eventID=" + id,
                "stage=wanted&source=wanted",
                "stage=wanted&type=wanted",
                "service=wanted&type=wanted",
                "service=wanted&stage=wanted",
                "service=wanted&stage=wanted&type=wanted");
        for (String condition : conditions) {
            for (String root : List.of("", "&root=true", "&root=false")) {
                find("project=" + project + "&" + condition + root)
                        .body("events.id", contains(id))
                        .body("totalCount", equalTo(1))
                        .body("pageSize", equalTo(20))
                        .body("nextPageKey", nullValue());
            }
        }
        find("project=" + project + "&" + String.join("&", conditions)).body("events.id", contains(id));
        find("project=" + project + "&type=wanted&stage=dev").body("events", empty());
        find("project=" + project + "&eventID=" + id + "&type=other").body("events", empty());
        find("project=" + project).body("totalCount", equalTo(3));
    }

    @Test
    void nothing_found_is_an_empty_array() {
        for (String query :
                List.of("project=" + project, "keptnContext=" + project, "root=true", "eventID=" + project)) {
            find(query).body("events", empty()).body("totalCount", equalTo(0)).body("nextPageKey", nullValue());
        }
    }

    @Test
    void without_project_context_and_id_the_events_of_no_project_are_found() {
        String service = unique("service");
        JsonObject unmapped = event("x").put("source", service).put("shkeptncontext", project);
        unmapped.getJsonObject("data").put("service", service).remove("project");
        String id = post(unmapped);
        JsonObject mapped = event(project);
        mapped.getJsonObject("data").put("service", service);
        post(mapped);
        find("service=" + service).body("events.id", contains(id));
        find("source=" + service).body("events.id", contains(id));
        find("service=" + service + "&root=true").body("events", empty());
    }

    @Test
    void an_event_without_a_project_is_found_by_a_context_that_has_one() {
        String context = unique("context");
        JsonObject unmapped = event("x").put("shkeptncontext", context);
        unmapped.getJsonObject("data").remove("project");
        String first = post(unmapped);
        String second = post(event(project).put("shkeptncontext", context));
        find("keptnContext=" + context).body("events.id", contains(second, first));
        find("keptnContext=" + context + "&root=true").body("events.id", contains(second));
        find("project=" + project).body("events.id", contains(second));
    }

    @Test
    void the_later_millisecond_comes_first_and_within_one_the_earlier_arrival() {
        String second = post(at("2026-01-01T12:00:00.000999Z"));
        String third = post(at("2026-01-01T14:00:00.0+02:00"));
        String fourth = post(at("2026-01-01T12:00:00.000001Z"));
        String fifth = post(at("2026-01-01T11:59:59.999999999Z"));
        String first = post(at("2026-01-01T12:00:00.001Z"));
        String oldest = post(at("0001-01-01T00:00:00Z"));
        find("project=" + project)
                .body("events.id", contains(first, second, third, fourth, fifth, oldest))
                .body(
                        "events.time",
                        contains(
                                "2026-01-01T12:00:00.001Z",
                                "2026-01-01T12:00:00.000Z",
                                "2026-01-01T14:00:00.000+02:00",
                                "2026-01-01T12:00:00.000Z",
                                "2026-01-01T11:59:59.999Z",
                                "0001-01-01T00:00:00.000Z"));
    }

    @Test
    void from_time_is_exact_within_a_millisecond_also_when_paging() {
        List<String> times = List.of("000002", "000900", "000001", "000500", "001", "000100");
        List<String> ids = times.stream()
                .map(decimals -> post(at("2026-01-01T12:00:00." + decimals + "Z")))
                .toList();
        post(at("2026-01-01T11:59:59.999999Z"));
        for (String more : List.of("", "&service=carts&source=test&stage=dev")) {
            String query = "project=" + project + more + "&fromTime=2026-01-01T12:00:00.000100Z";
            find(query)
                    .body("events.id", contains(ids.get(4), ids.get(1), ids.get(3)))
                    .body("totalCount", equalTo(3));
            find(query + "&pageSize=1&nextPageKey=1").body("events.id", contains(ids.get(1)));
            find(query + "&pageSize=1&nextPageKey=2").body("events.id", contains(ids.get(3)));
        }
        given().queryParam("filter", "data.project:" + project)
                .queryParam("fromTime", "2026-01-01T12:00:00.000100Z")
                .get("/event/type/sh.keptn.event.test.finished")
                .then()
                .body("events.id", contains(ids.get(4), ids.get(1), ids.get(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:00:00Z, 0",
        "2026-01-01T11:59:59.999Z, 1",
        "2026-01-01T11:59:59.999999999Z, 1",
        "2026-01-01T13:00:00%2B01:00, 0",
        "2026-01-01T13:00:00+01:00, 0",
        "2026-01-01T13:00:00.000+02:00, 1",
        "2026-01-01t12:00:00z, 0",
        "2026-01-01T12:00:00, 0",
        "'', 1",
        "0001-01-01T00:00:00Z, 1",
        "9999-12-31T23:59:59Z, 0",
    })
    void from_time_is_an_instant_and_excludes_it(String fromTime, int found) {
        post(at("2026-01-01T12:00:00.000Z"));
        given().urlEncodingEnabled(false)
                .get("/event?project=" + project + "&fromTime=" + fromTime)
                .then()
                .statusCode(200)
                .body("totalCount", equalTo(found));
    }

    @Test
    void pages_follow_each_other_by_offset() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            newestFirst.add(0, post(event(project)));
        }
        find("project=" + project)
                .body("events.id", equalTo(newestFirst.subList(0, 20)))
                .body("nextPageKey", equalTo("20"))
                .body("totalCount", equalTo(45));
        find("project=" + project + "&nextPageKey=20")
                .body("events.id", equalTo(newestFirst.subList(20, 40)))
                .body("nextPageKey", equalTo("40"));
        find("project=" + project + "&nextPageKey=40")
                .body("events.id", equalTo(newestFirst.subList(40, 45)))
                .body("totalCount", equalTo(45))
                .body("nextPageKey", nullValue());
        find("project=" + project + "&nextPageKey=60").body("events", empty()).body("totalCount", equalTo(45));
        find("project=" + project + "&pageSize=15&nextPageKey=30")
                .body("pageSize", equalTo(15))
                .body("nextPageKey", nullValue());
        find("project=" + project + "&pageSize=100").body("events.id", equalTo(newestFirst));
    }

    @Test
    void a_page_of_very_large_events_ends_earlier_and_leads_on() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            JsonObject event = event(project);
            event.getJsonObject("data").put("text", "x".repeat(3_000_000));
            newestFirst.add(0, post(event));
        }
        find("project=" + project)
                .body("events.id", equalTo(newestFirst.subList(0, 3)))
                .body("totalCount", equalTo(4))
                .body("nextPageKey", equalTo("3"));
        find("project=" + project + "&nextPageKey=3")
                .body("events.id", equalTo(newestFirst.subList(3, 4)))
                .body("nextPageKey", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483647",
                "2147483640",
                "2147483648",
                "4294967296",
                "9223372036854775807",
                "9223372036854775808",
                "1000000",
                "10001"
            })
    void beyond_the_last_page_there_is_nothing(String key) {
        post(event(project));
        find("pageSize=100&project=" + project + "&nextPageKey=" + key)
                .body("events", empty())
                .body("totalCount", equalTo(1))
                .body("nextPageKey", nullValue());
    }

    @Test
    void paging_through_roots_leaves_none_out_while_events_arrive() {
        Set<String> before = new LinkedHashSet<>();
        for (int i = 0; i < 50; i++) {
            before.add(post(event(project)));
        }
        Set<String> seen = new LinkedHashSet<>();
        String key = "0";
        while (key != null) {
            var page = find("root=true&pageSize=7&project=" + project + "&nextPageKey=" + key)
                    .extract();
            seen.addAll(page.path("events.id"));
            key = page.path("nextPageKey");
            post(event(project));
        }
        assertThat(seen).containsAll(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "x"})
    void root_with_any_value_selects_the_first_event_of_each_context(String root) {
        String context = unique("context");
        String first = post(event(project).put("shkeptncontext", context).put("time", "2026-01-02T00:00:00Z"));
        post(event(project).put("shkeptncontext", context).put("time", "2026-01-01T00:00:00Z"));
        String other = post(event(project).put("time", "2026-01-03T00:00:00Z"));
        find("project=" + project + "&root=" + root).body("events.id", contains(other, first));
        find("project=" + project + "&root=").body("totalCount", equalTo(3));
    }

    private JsonObject at(String time) {
        return event(project).put("time", time);
    }
}
