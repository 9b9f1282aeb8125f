package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
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
    VersionStore versions;

    @Inject
    KnownServices services;

    @Inject
    ProjectStore projects;

    @ConfigProperty(name = "configuration.data-dir")
    Path dataDirectory;

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

    @Test
    void as_long_as_nothing_happens_a_read_asks_one_question() {
        String project = newProject("carts", "orders");
        post(event(project, "t1"));

        for (String path :
                List.of("/v1/project/{p}", "/v1/project/{p}/stage/dev", "/v1/project/{p}/stage/dev/service/carts")) {
            Api.get(path, project).statusCode(200);
            assertThat(DatabaseCommands.during(() -> Api.get(path, project).statusCode(200)))
                    .containsExactly("find");
        }
    }

    @Test
    void what_another_replica_writes_is_seen_at_once() {
        String project = newProject("carts", "orders");
        ServiceId carts = services.get(project, "dev", "carts");
        HistoryCache replica = new HistoryCache(store, new HistoryVersions(versions));
        assertThat(replica.get(List.of(carts))).containsEntry(carts, ServiceState.NONE);

        post(event(project, "t1"));
        assertThat(replica.get(List.of(carts)).get(carts).happened().json()).contains("\"t1\"");

        post(event(project, "sh.keptn.event.approval.triggered").with("id", "a1"));
        assertThat(replica.get(List.of(carts)).get(carts).open().json()).contains("\"a1\"");

        given().delete("/v1/project/{p}/stage/dev/service/carts/approval/a1", project)
                .then()
                .statusCode(200);
        assertThat(replica.get(List.of(carts)).get(carts).open().json()).doesNotContain("\"a1\"");
    }

    @Test
    void reads_while_events_come_show_what_was_acknowledged_before_them() throws Exception {
        String project = newProject("carts");
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = IntStream.range(0, 4)
                    .<Callable<Void>>mapToObj(client -> () -> {
                        for (int i = 0; i < 20; i++) {
                            String type = "t" + client + "-" + i;
                            post(event(project, type)).statusCode(200);
                            Api.service(project).body("lastEventTypes", hasKey(type));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void a_project_that_cannot_be_read_is_shown_with_what_is_wrong_among_the_others() throws IOException {
        String broken = newProject("carts");
        String whole = newProject("carts");
        Path branch = dataDirectory.resolve(broken + ".git/refs/heads/dev");
        Files.writeString(branch, "1234567890123456789012345678901234567890\n");
        try {
            int others = Api.get("/v1/project").extract().<Integer>path("totalCount") - 2;
            given().queryParam("nextPageKey", others)
                    .get("/v1/project")
                    .then()
                    .statusCode(200)
                    .body(
                            "projects.find{it.projectName == '" + broken + "'}.problem",
                            equalTo("the repository of the project cannot be read"))
                    .body("projects.find{it.projectName == '" + whole + "'}.stages.size()", equalTo(2));
            Api.get("/v1/project/{p}", broken).statusCode(200).body("problem", not(blankOrNullString()));
        } finally {
            given().delete("/v1/project/{p}", broken).then().statusCode(204);
        }
    }

    private static HistoryDocument deployed(ServiceId service) {
        HistoryDocument document = new HistoryDocument();
        document.id = HistoryDocument.id(service);
        document.deployment = new Deployment("image:" + service.service(), "e", 1);
        return document;
    }
}
