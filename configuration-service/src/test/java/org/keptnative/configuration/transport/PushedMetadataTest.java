package org.keptnative.configuration.transport;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.TreeEdit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.git;

/** The files that say what a project consists of stay as good as the API makes them. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class PushedMetadataTest extends CloneFixture {

    private static final String SHIPYARD = "stages:\n- name: dev\n- name: prod\n";

    @Inject
    ProjectStore projects;

    private Path clone;

    @BeforeEach
    void cloneWithShipyard() {
        write(project, file("shipyard.yaml", SHIPYARD));
        clone = cloned();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | shipyard.yaml has no stage; a project needs one at least",
                "stages: [] | shipyard.yaml has no stage",
                "stages: dev | the stages of shipyard.yaml must be a list",
                "- dev | shipyard.yaml has no stage",
                "spec: {stages: [{}]} | a stage of shipyard.yaml has no name",
                "stages: [dev, prod] | a stage of shipyard.yaml has no name",
                "stages: [{name: dev}, {name: prod}, {name: dev}] | shipyard.yaml names the stage dev twice",
                "stages: [{name: dev}, {name: prod}, {name: QA}] | QA in shipyard.yaml: stageName must consist of",
                "stages: [{name: dev}, {name: prod}, {name: master}] | master in shipyard.yaml: stageName must",
                "stages: [ | shipyard.yaml is no YAML: see line",
            })
    void a_shipyard_as_at_the_creation(String shipyard, String reason) {
        commit(clone, "master", "shipyard.yaml", shipyard);

        refuse("master", reason);
    }

    @Test
    void a_shipyard_that_stays() {
        remove("master", "shipyard.yaml");

        refuse("master", "shipyard.yaml says which stages there are, so it has to stay");
    }

    @Test
    void a_shipyard_that_can_be_read() {
        commit(clone, "master", "shipyard.yaml", SHIPYARD + "#" + "x".repeat(1 << 20));

        refuse("master", "shipyard.yaml must be a file of at most 1048576 bytes");
    }

    @Test
    void a_shipyard_with_more_in_it() {
        String more = SHIPYARD + "  deployment_strategy: direct\n- name: later\n";
        commit(clone, "master", "shipyard.yaml", more);

        git(clone, "push", "--quiet");

        json().get(project).then().body("shipyard", equalTo(more)).body("stages.stageName", contains("dev", "prod"));
    }

    @Test
    void a_shipyard_that_was_none_before_may_become_a_better_one() {
        GitProject old = projects.get(project.replace("/v1/project/", ""));
        old.write(draft -> draft.commit(
                "master",
                new TreeEdit().put("shipyard.yaml", draft.add(old.blob("none yet".getBytes(UTF_8)))),
                "by an older installation"));
        git(clone, "fetch", "--quiet");
        git(clone, "switch", "--quiet", "master");
        git(clone, "reset", "--quiet", "--hard", "origin/master");
        commit(clone, "master", "shipyard.yaml", "stages: []");

        git(clone, "push", "--quiet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "master | metadata.yaml | 'stages: [dev, prod' | metadata.yaml is no YAML: see line",
                "master | metadata.yaml | 'stages: [dev, prod]' | metadata.yaml must say \"projectname: ",
                "master | metadata.yaml | projectname: other | metadata.yaml must say \"projectname: ",
                "dev | metadata.yaml | projectname: other | metadata.yaml must say \"projectname: ",
                "dev | metadata.yaml | '' | metadata.yaml must say \"projectname: ",
                "dev | carts/metadata.yaml | '' | carts/metadata.yaml must say \"servicename: carts\"",
                "dev | carts/metadata.yaml | 'a: [' | carts/metadata.yaml is no YAML: see line",
                "dev | carts/metadata.yaml | - carts | carts/metadata.yaml must say \"servicename: carts\"",
                "dev | carts/metadata.yaml | servicename: orders | must say \"servicename: carts\"",
                "dev | carts/metadata.yaml | servicename: carts | must keep its creationtimestamp",
                "dev | orders/metadata.yaml | servicename: carts | must say \"servicename: orders\"",
                "dev | orders/metadata.yaml | servicename: orders | must say \"creationtimestamp: ",
                "dev | orders/metadata.yaml | x | to make it a service, POST",
                "dev | -x/metadata.yaml | x | serviceName must not be empty, not start with a dot or a dash",
            })
    void metadata_that_say_so(String branch, String path, String content, String reason) {
        commit(clone, branch, path, content);

        refuse(branch, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "master, metadata.yaml, metadata.yaml says that the project exists",
        "dev, metadata.yaml, metadata.yaml says that the project exists",
        "dev, carts/metadata.yaml, carts/metadata.yaml says that the service exists"
    })
    void metadata_that_stay(String branch, String path, String reason) {
        remove(branch, path);

        refuse(branch, reason);
    }

    @Test
    void metadata_with_more_in_them() throws IOException {
        git(clone, "switch", "--quiet", "dev");
        for (String path : new String[] {"metadata.yaml", "carts/metadata.yaml"}) {
            Path metadata = clone.resolve(path);
            Files.writeString(metadata, Files.readString(metadata) + "owner: me\n");
        }
        commit(clone);

        git(clone, "push", "--quiet");

        json().get(stage + "/service/carts").then().statusCode(200);
    }

    @Test
    void a_whole_folder_is_a_service_and_goes_to_the_next_stage_by_a_merge() {
        commit(clone, "dev", "orders/metadata.yaml", "servicename: orders\ncreationtimestamp: 2026-01-02T03:04:05Z\n");
        git(clone, "push", "--quiet");
        git(clone, "switch", "--quiet", "prod");
        git(clone, "merge", "--quiet", "dev");
        git(clone, "push", "--quiet");

        json().get(stage + "/service/orders")
                .then()
                .statusCode(200)
                .body("creationDate", equalTo("1767323045000000000"));
        json().get(project + "/stage/prod/service").then().body("services.serviceName", contains("orders", "carts"));
    }

    private void remove(String branch, String path) {
        git(clone, "switch", "--quiet", branch);
        git(clone, "rm", "--quiet", path);
        git(clone, "commit", "--quiet", "-m", "by hand");
    }

    private void refuse(String branch, String reason) {
        String before = git(clone, "rev-parse", "origin/" + branch);
        assertThat(failingGit(clone, "push", "origin", branch)).contains(reason);
        assertThat(git(clone, "ls-remote", "origin", branch)).startsWith(before);
    }
}
