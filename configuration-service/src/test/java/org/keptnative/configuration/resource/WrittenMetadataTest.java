package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;
import static org.keptnative.configuration.Keptn.write;

/** The files that say what a project consists of can be written like others, but not so that they say it no longer. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class WrittenMetadataTest {

    private static final String SHIPYARD = "stages:\n- name: dev\n";

    private String project;

    @BeforeEach
    void create() {
        project = newProject("dev");
        newService(project + "/stage/dev", "carts");
        write(project, file("shipyard.yaml", SHIPYARD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | shipyard.yaml | 'stages: [' | shipyard.yaml is no YAML: see line",
                "'' | shipyard.yaml | '' | shipyard.yaml has no stage",
                "'' | shipyard.yaml | stages: [{name: QA}] | QA in shipyard.yaml: stageName must consist of",
                "'' | shipyard.yaml | 'stages: {a: {name: dev}}' | the stages of shipyard.yaml must be a list",
                "'' | metadata.yaml | 'a: [' | metadata.yaml is no YAML: see line",
                "'' | metadata.yaml | projectname: other | metadata.yaml must say \"projectname: p",
                "/stage/dev | metadata.yaml | x | metadata.yaml must say \"projectname: p",
                "/stage/dev | carts/metadata.yaml | 'a: [' | carts/metadata.yaml is no YAML: see line",
                "/stage/dev | orders/metadata.yaml | x | to make it a service, POST",
                "/stage/dev/service/carts | metadata.yaml | x | carts/metadata.yaml must say \"servicename: carts\"",
                "/stage/dev/service/carts | metadata.yaml | servicename: carts | must keep its creationtimestamp",
            })
    void they_stay_what_they_are(String place, String path, String content, String reason) {
        String at = project + place + "/resource";
        String before = head(project + place);

        json().body(file(path, content))
                .put(at + "/" + path.replace("/", "%2F"))
                .then()
                .statusCode(400)
                .body("message", containsString(reason));
        for (String method : new String[] {"PUT", "POST"}) {
            json().body(files(file("other", "x"), file(path, content)))
                    .request(method, at)
                    .then()
                    .statusCode(400)
                    .body("message", containsString(reason));
        }

        json().get(at).then().body("metadata.version", equalTo(before));
    }

    @ParameterizedTest
    @CsvSource({
        "'', metadata.yaml, the project exists",
        "'', shipyard.yaml, says which stages there are",
        "/stage/dev, metadata.yaml, the project exists",
        "/stage/dev, carts%2Fmetadata.yaml, the service exists",
        "/stage/dev/service/carts, metadata.yaml, the service exists",
    })
    void they_stay(String place, String path, String reason) {
        json().delete(project + place + "/resource/" + path)
                .then()
                .statusCode(400)
                .body("message", containsString(reason));
    }

    @Test
    void a_stage_is_not_lost_with_its_name() {
        String name = project.replace("/v1/project/", "");
        String metadata = "projectname: " + name + "\ncreationtimestamp: 2026-01-02T03:04:05Z\n";
        write(project, file("metadata.yaml", metadata)); // the shipyard still names it

        json().body(file("shipyard.yaml", "stages:\n- name: other\n"))
                .put(project + "/resource/shipyard.yaml")
                .then()
                .statusCode(400)
                .body("message", containsString("the stage dev must stay in shipyard.yaml"));

        json().get(project).then().body("stages.stageName", contains("dev"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[dev, prod, dev] | metadata.yaml names the stage dev twice",
                "[dev, ../x] | ../x in metadata.yaml: stageName must consist of",
                "[dev, master] | master in metadata.yaml: stageName must consist of",
                "{a: dev} | the stages of metadata.yaml must be a list",
            })
    void metadata_name_stages_that_can_be(String stages, String reason) {
        String metadata = "projectname: " + project.replace("/v1/project/", "")
                + "\ncreationtimestamp: 2026-01-02T03:04:05Z\nstages: " + stages + "\n";

        json().body(file("metadata.yaml", metadata))
                .put(project + "/resource/metadata.yaml")
                .then()
                .statusCode(400)
                .body("message", containsString(reason));
    }

    @Test
    void a_shipyard_may_say_more() {
        String more = SHIPYARD + "  approval_strategy:\n    pass: manual\n- name: later\n";

        json().body(file("shipyard.yaml", more))
                .put(project + "/resource/shipyard.yaml")
                .then()
                .statusCode(201);

        json().get(project).then().body("shipyard", equalTo(more)).body("stages.stageName", contains("dev"));
    }

    @Test
    void one_in_a_stage_is_a_file_like_any_other() {
        write(project + "/stage/dev", file("shipyard.yaml", "none"));
    }
}
