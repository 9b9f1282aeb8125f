package org.keptnative.configuration.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.event.KeptnEvent;
import org.keptnative.configuration.history.HistoryConfig.Derive;
import org.keptnative.configuration.service.Approval;
import org.keptnative.configuration.service.ServiceId;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;
import static org.keptnative.configuration.history.Api.service;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class DerivationTest {

    @Inject
    HistoryStore store;

    @Inject
    KnownServices services;

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

    @Test
    void with_the_derivation_switched_off_events_open_and_close_nothing() {
        String project = newProject("carts");
        ServiceId service = services.get(project, "dev", "carts");
        Derivation off = new Derivation(store, choice(Derive.FALSE));
        KeptnEvent triggered = new KeptnEvent(
                "a1", "sh.keptn.event.approval.triggered", null, "c1", null, new ObjectMapper().createObjectNode());

        off.apply(service, triggered, 1);
        assertThat(store.get(service).openApprovals()).isEmpty();

        new Derivation(store, choice(Derive.TRUE)).apply(service, triggered, 1);
        assertThat(store.get(service).openApprovals())
                .extracting(Approval::eventId)
                .containsExactly("a1");
    }

    private static DerivationChoice choice(Derive wanted) {
        return new DerivationChoice(() -> wanted, null, null);
    }
}
