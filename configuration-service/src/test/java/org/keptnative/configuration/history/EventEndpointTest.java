package org.keptnative.configuration.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.service.ServiceId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class EventEndpointTest {

    private static final String DEPLOYED_0_7 = "sh.keptn.events.deployment-finished";
    private static final String DEPLOYED_0_8 = "sh.keptn.event.deployment.finished";

    private static final int THREADS = 32;

    @Inject
    HistoryStore store;

    @Inject
    KnownServices services;

    @Test
    void an_event_becomes_the_last_one_of_its_type() {
        String project = newProject("carts");

        post(event(project, "sh.keptn.events.tests-finished").with("id", "e1"))
                .statusCode(200)
                .body(emptyString());

        service(project)
                .body("lastEventTypes", aMapWithSize(1))
                .body("lastEventTypes.'sh.keptn.events.tests-finished'.eventId", equalTo("e1"))
                .body(
                        "lastEventTypes.'sh.keptn.events.tests-finished'.keptnContext",
                        equalTo("08735340-6f9e-4b32-97ff-3b6c292bc509"))
                .body("lastEventTypes.'sh.keptn.events.tests-finished'.time", equalTo("1605520800000000000"))
                .body("deployedImage", nullValue())
                .body("openApprovals", empty())
                .body("openRemediations", empty());
    }

    @Test
    void an_event_concerns_one_service_of_one_stage() {
        String project = newProject("carts", "orders");

        post(event(project, "t")).statusCode(200);

        Api.get("/v1/project/{p}/stage/dev/service/orders", project).body("lastEventTypes", nullValue());
        Api.get("/v1/project/{p}/stage/production/service/carts", project).body("lastEventTypes", nullValue());
    }

    @Test
    void events_may_come_late_and_twice() {
        String project = newProject("carts");

        post(event(project, "t").at(2).with("id", "newer")).statusCode(200);
        post(event(project, "t").at(1).with("id", "older")).statusCode(200);
        post(event(project, "t").at(2).with("id", "newer")).statusCode(200);

        service(project).body("lastEventTypes.t.eventId", equalTo("newer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-11-16T12:00:02+02:00", "2020-11-16T10:00:02Z", "2020-11-16T10:00:02.000000000Z"})
    void times_are_compared_as_instants(String time) {
        String project = newProject("carts");

        post(event(project, "t").with("time", time).with("id", "newer"));
        post(event(project, "t").at(1));

        service(project)
                .body("lastEventTypes.t.eventId", equalTo("newer"))
                .body("lastEventTypes.t.time", equalTo("1605520802000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEPLOYED_0_7, DEPLOYED_0_8})
    void a_finished_deployment_sets_the_deployed_image(String type) {
        String project = newProject("carts");

        post(event(project, type).at(2).data("image", "docker.io/acme/carts").data("tag", "0.12.2"));
        post(event(project, type).at(1).data("image", "docker.io/acme/carts").data("tag", "0.12.1"));
        post(event(project, type).at(3));
        post(event(project, "sh.keptn.events.tests-finished")
                .at(4)
                .data("image", "x")
                .data("tag", "y"));

        service(project).body("deployedImage", equalTo("docker.io/acme/carts:0.12.2"));
    }

    @Test
    void a_deployment_of_0_8_may_give_the_image_among_its_values() {
        String project = newProject("carts");

        post(event(project, DEPLOYED_0_8)
                .data("configurationChange", Map.of("values", Map.of("image", "docker.io/acme/carts:0.13.1"))));

        service(project).body("deployedImage", equalTo("docker.io/acme/carts:0.13.1"));
    }

    @Test
    void cloud_events_1_0_and_plain_json_are_understood_too() {
        String project = newProject("carts");
        Map<String, Object> event =
                event(project, "t").with("specversion", "1.0").with("unknown", 1);

        given().contentType("application/json; charset=utf-8")
                .body(event)
                .post("/v1/event")
                .then()
                .statusCode(200);

        service(project).body("lastEventTypes", hasKey("t"));
    }

    @Test
    void an_event_without_an_id_a_time_or_a_context_is_kept_as_well() {
        String project = newProject("carts");
        TestEvent event = event(project, "t");
        event.keySet().retainAll(Set.of("type", "data"));

        post(event).statusCode(200);

        service(project)
                .body("lastEventTypes.t.eventId", nullValue())
                .body("lastEventTypes.t.time.length()", equalTo(19));
    }

    @Test
    void an_approval_is_open_from_triggered_to_finished() {
        String project = newProject("carts");
        TestEvent triggered = event(project, "sh.keptn.event.approval.triggered")
                .with("id", "a1")
                .data("image", "docker.io/acme/carts")
                .data("tag", "0.12.1");

        post(triggered);
        post(triggered);
        post(event(project, "sh.keptn.event.approval.triggered")
                .with("id", "a0")
                .at(30));
        service(project)
                .body("openApprovals.eventId", contains("a1", "a0"))
                .body("openApprovals[0].keptnContext", equalTo("08735340-6f9e-4b32-97ff-3b6c292bc509"))
                .body("openApprovals[0].time", equalTo("2020-11-16T10:00:00Z"))
                .body("openApprovals[0].image", equalTo("docker.io/acme/carts"))
                .body("openApprovals[0].tag", equalTo("0.12.1"));

        post(event(project, "sh.keptn.event.approval.finished").with("triggeredid", "a1"));
        post(triggered);
        service(project).body("openApprovals.eventId", contains("a0"));
    }

    @Test
    void an_approval_that_is_finished_before_it_is_triggered_never_opens() {
        String project = newProject("carts");

        post(event(project, "sh.keptn.event.approval.finished")
                .with("triggeredid", "a1")
                .at(2));
        post(event(project, "sh.keptn.event.approval.triggered")
                .with("id", "a1")
                .at(1));

        service(project).body("openApprovals", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "sh.keptn.event.remediation.triggered, sh.keptn.event.remediation.finished",
        "sh.keptn.event.dev.remediation.triggered, sh.keptn.event.dev.remediation.finished",
    })
    void a_remediation_is_open_with_its_steps_until_it_is_finished(String triggered, String finished) {
        String project = newProject("carts");

        post(event(project, "sh.keptn.event.remediation.status.changed")
                .with("id", "r2")
                .at(2)
                .data("remediation", Map.of("result", Map.of("actionIndex", 0, "actionName", "scaling"))));
        post(event(project, triggered).with("id", "r1").at(1));
        service(project)
                .body("openRemediations.eventId", contains("r1", "r2"))
                .body("openRemediations.type", contains(triggered, "sh.keptn.event.remediation.status.changed"))
                .body("openRemediations[1].action", equalTo("scaling"))
                .body("openRemediations[1].time", equalTo("2020-11-16T10:00:02Z"));

        post(event(project, finished).at(3));
        post(event(project, triggered).with("id", "r1").at(1));
        service(project).body("openRemediations", empty());
    }

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
                "project | ''      | 400 | Project must not be empty",
                "stage   | ''      | 400 | Stage must not be empty",
                "service | ''      | 400 | Service must not be empty",
                "project | unknown | 404 | Project not found",
                "project | ../x    | 404 | Project not found",
                "stage   | unknown | 400 | Could not update service: stage not found",
                "stage   | master  | 400 | Could not update service: stage not found",
                "service | unknown | 400 | Could not update service: service not found",
                "service | ../dev  | 400 | Could not update service: service not found",
            })
    void an_event_of_something_that_does_not_exist_is_refused(String member, String name, int status, String message) {
        String project = newProject("carts");
        long before = store.count();

        post(event(project, "t").data(member, name))
                .statusCode(status)
                .body("code", equalTo(status))
                .body("message", equalTo(message));

        assertThat(store.count()).isEqualTo(before);
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
                "{\"type\":\"t\"}                          | 422",
                "{\"type\":\"\",\"data\":{}}               | 422",
                "{\"type\":\"t\",\"data\":{}}              | 400",
                "{\"type\":\"t\",\"data\":null}            | 400",
                "{\"type\":\"t\",\"data\":[]}              | 400",
                "{\"type\":\"t\",\"data\":\"x\"}           | 400",
                "{\"type\":\"t\",\"data\":{\"project\":1}} | 400",
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

    @Test
    void a_type_that_is_too_long_and_a_time_that_is_out_of_range_are_refused() {
        String project = newProject("carts");

        post(event(project, "t".repeat(501))).statusCode(422);
        post(event(project, "t").with("time", "2300-01-01T00:00:00Z")).statusCode(422);

        service(project).body("lastEventTypes", nullValue());
    }

    @Test
    void a_late_event_does_not_bring_back_what_was_deleted() {
        String project = newProject("carts");
        post(event(project, "t")).statusCode(200);

        given().delete("/v1/project/{p}/service/carts", project).then().statusCode(204);

        post(event(project, "t"))
                .statusCode(400)
                .body("message", equalTo("Could not update service: service not found"));
        assertThat(store.count("project", project)).isZero();
        Api.createService(project, "carts");
        service(project).body("lastEventTypes", nullValue());
    }

    @Test
    void the_documents_of_a_deleted_project_are_gone() {
        String project = newProject("carts");
        post(event(project, "t")).statusCode(200);

        given().delete("/v1/project/{p}", project).then().statusCode(204);

        post(event(project, "t")).statusCode(404);
        assertThat(store.count("project", project)).isZero();
    }

    @Test
    void parallel_deliveries_lose_nothing() throws Exception {
        String project = newProject("carts");
        List<Callable<Integer>> deliveries = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            TestEvent triggered =
                    event(project, "sh.keptn.event.approval.triggered").with("id", "a" + i);
            TestEvent finished =
                    event(project, "sh.keptn.event.approval.finished").with("triggeredid", "a" + i);
            TestEvent last = event(project, "type." + i);
            TestEvent contended = event(project, "contended").at(i);
            TestEvent open = event(project, "sh.keptn.event.approval.triggered").with("id", "open" + i);
            for (TestEvent event : List.of(triggered, finished, last, contended, open, triggered)) {
                deliveries.add(() -> post(event).extract().statusCode());
            }
        }
        Collections.shuffle(deliveries);

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Integer> status : threads.invokeAll(deliveries)) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }

        service(project)
                .body("lastEventTypes", aMapWithSize(THREADS + 3))
                .body("lastEventTypes.contended.time", equalTo("1605520831000000000"))
                .body("openApprovals.eventId", hasSize(THREADS))
                .body("openApprovals.eventId", everyItem(startsWith("open")));
    }

    @Test
    void with_the_derivation_switched_off_events_open_and_close_nothing() {
        String project = newProject("carts");
        ServiceId service = services.get(project, "dev", "carts");
        Derivation off = new Derivation(store, false);
        KeptnEvent triggered = new KeptnEvent(
                "a1", "sh.keptn.event.approval.triggered", null, "c1", null, new ObjectMapper().createObjectNode());

        off.apply(service, triggered, 1);
        service(project).body("openApprovals", empty());

        new Derivation(store, true).apply(service, triggered, 1);
        service(project).body("openApprovals.eventId", contains("a1"));
    }
}
