package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
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

    @Test
    void an_event_becomes_the_last_one_of_its_type() {
        String project = newProject("carts");

        post(event(project, "sh.keptn.events.tests-finished").with("id", "e1"))
                .statusCode(200)
                .body("remembered", equalTo(true))
                .body("message", nullValue());

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
}
