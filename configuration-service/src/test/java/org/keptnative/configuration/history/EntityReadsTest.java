package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.service.ServiceId;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;
import static org.keptnative.configuration.history.Api.event;
import static org.keptnative.configuration.history.Api.newProject;
import static org.keptnative.configuration.history.Api.post;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class EntityReadsTest {

    @Inject
    HistoryStore store;

    @Inject
    KnownServices services;

    @Inject
    ProjectStore projects;

    @Test
    void every_read_shows_what_happened() {
        String project = newProject("carts", "orders");
        post(event(project, "sh.keptn.events.deployment-finished")
                .data("image", "i")
                .data("tag", "t"));
        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a1"));
        post(event(project, "sh.keptn.event.remediation.triggered").with("id", "r1"));

        for (String path : List.of(
                "/v1/project/{p}|stages[0].services[0].",
                "/v1/project/{p}/stage|stages[0].services[0].",
                "/v1/project/{p}/stage/dev|services[0].",
                "/v1/project/{p}/stage/dev/service|services[0].",
                "/v1/project/{p}/stage/dev/service/carts|")) {
            String at = path.substring(path.indexOf('|') + 1);
            Api.get(path.substring(0, path.indexOf('|')), project)
                    .statusCode(200)
                    .body(at + "serviceName", equalTo("carts"))
                    .body(at + "deployedImage", equalTo("i:t"))
                    .body(at + "lastEventTypes", hasKey("sh.keptn.events.deployment-finished"))
                    .body(at + "openApprovals.eventId", contains("a1"))
                    .body(at + "openRemediations.eventId", contains("r1"));
        }
        for (String path : List.of("/v1/project/{p}/service|services[0].", "/v1/project/{p}/service/carts|")) {
            String at = path.substring(path.indexOf('|') + 1);
            Api.get(path.substring(0, path.indexOf('|')), project)
                    .statusCode(200)
                    .body(at + "serviceName", equalTo("carts"))
                    .body(at + "stageInfo.stageName", contains("dev", "production"))
                    .body(at + "stageInfo[0].deployedImage", equalTo("i:t"))
                    .body(at + "stageInfo[0].lastEventTypes", hasKey("sh.keptn.event.approval.triggered"))
                    .body(at + "stageInfo[1].deployedImage", nullValue());
        }
    }

    @Test
    void a_service_without_a_history_has_empty_lists() {
        String project = newProject("carts");

        Api.get("/v1/project/{p}", project)
                .body("stages[0].services[0].openApprovals", empty())
                .body("stages[0].services[0].openRemediations", empty())
                .body("stages[0].services[0].deployedImage", nullValue());
    }

    @Test
    void nothing_is_shown_of_an_earlier_service_of_the_same_name() {
        String project = newProject("carts");
        Long created = services.get(project, "dev", "carts").created();

        store.record(new ServiceId(project, "dev", "carts", created - 1), "t", new LastEvent("e", "c", 1));

        Api.service(project).body("lastEventTypes", nullValue());
    }

    @Test
    void fifty_projects_take_a_handful_of_commands() {
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "s" + i).toList();
        List<String> stages = List.of("dev", "staging", "production");
        for (int i = 0; i < 50; i++) {
            String project = newProject();
            projects.get(project).write(draft -> {
                Layout.addStage(draft, "staging");
                stages.forEach(stage -> names.forEach(name -> Layout.addService(draft, stage, name, Instant.now())));
                return null;
            });
            store.persist(stages.stream()
                    .flatMap(stage -> names.stream().map(name -> deployed(services.get(project, stage, name))))
                    .toList());
        }

        int others = Api.get("/v1/project").extract().<Integer>path("totalCount") - 50;

        List<String> commands = DatabaseCommands.during(() -> given().queryParam("pageSize", 50)
                .queryParam("nextPageKey", others)
                .get("/v1/project")
                .then()
                .statusCode(200)
                .body("projects.size()", equalTo(50))
                .body("projects.stages.services.deployedImage.flatten().findAll{it != null}.size()", equalTo(1500)));

        assertThat(commands).startsWith("find").hasSizeLessThanOrEqualTo(3);
    }

    private static HistoryDocument deployed(ServiceId service) {
        HistoryDocument document = new HistoryDocument();
        document.id = HistoryDocument.id(service);
        document.deployment = new Deployment("image:" + service.service(), "e", 1);
        return document;
    }
}
