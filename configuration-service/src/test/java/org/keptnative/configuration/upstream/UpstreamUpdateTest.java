package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.git;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class UpstreamUpdateTest extends UpstreamFixture {

    @Test
    void an_upstream_can_be_set_and_changed() {
        Path first = server.create("first");
        Path second = server.create("second");
        createLocally();
        String commit = write(path + "/stage/dev", file("a", "1"));

        update("first", server.token).statusCode(204);
        assertThat(git(first, "rev-parse", "dev")).isEqualTo(commit);
        server.token = "second-token";
        update("first", "second-token").statusCode(204);
        update("second", "second-token").statusCode(204);

        assertThat(git(second, "rev-parse", "dev")).isEqualTo(commit);
        assertThat(credentials()).hasSize(1);
        String next = write(path + "/stage/dev", file("a", "2"));
        assertThat(git(second, "rev-parse", "dev")).isEqualTo(next);
        assertThat(git(first, "rev-parse", "dev")).isEqualTo(commit);
        json().get(path).then().body("gitRemoteURI", equalTo(server.url("second")));
    }

    @Test
    void a_failed_update_keeps_the_former_upstream() throws IOException {
        server.create("good");
        server.create("foreign");
        push(cloned("foreign"), "master", "other", "history");
        createLocally();
        update("good", server.token).statusCode(204);

        update("good", "wrong-token").statusCode(400).body("message", not(containsString("wrong-token")));
        update("missing", server.token).statusCode(400).body("message", startsWith("failed to set upstream"));
        update("foreign", server.token).statusCode(400).body("message", containsString("uninitialized"));

        json().get(path).then().body("gitRemoteURI", equalTo(server.url("good")));
        assertThat(credentials()).hasSize(1);
        write(path, file("a", "1"));
    }

    @Test
    void an_update_needs_all_git_members_and_a_project() {
        createLocally();
        json().body(Map.of("projectName", name, "gitUser", "x"))
                .put(path)
                .then()
                .statusCode(400)
                .body("message", equalTo("Project not updated as Git credentials were missing"));
        json().body(Map.of())
                .put("/v1/project/none")
                .then()
                .statusCode(400)
                .body("message", equalTo("Project does not exist"));
        json().body(Map.of("projectName", "other")).put(path).then().statusCode(400);
    }

    @Test
    void a_webhook_brings_what_was_pushed_and_says_when_it_cannot() throws IOException {
        createLocally();
        json().post(path + "/upstream/refresh").then().statusCode(400).body("message", containsString("no upstream"));
        server.create("hooked");
        update("hooked", server.token).statusCode(204);
        push(cloned("hooked"), "dev", "theirs", "1");

        given().contentType("text/plain")
                .body("{\"ref\": \"refs/heads/dev\"}")
                .post(path + "/upstream/refresh")
                .then()
                .statusCode(204);
        json().get(path + "/stage/dev/resource/theirs?disableUpstreamSync=true")
                .then()
                .statusCode(200);

        server.stop();
        json().post(path + "/upstream/refresh").then().statusCode(400).body("message", startsWith("Could not fetch"));
        server.start();
    }

    @Test
    void what_a_rewritten_branch_had_can_be_fetched() throws IOException {
        createLocally();
        server.create("rewritten");
        update("rewritten", server.token).statusCode(204);
        String ours = write(path + "/stage/dev", file("ours", "1"));
        Path clone = cloned("rewritten");
        git(clone, "push", "--quiet", "--force", "origin", "origin/dev~1:refs/heads/dev");
        json().get(path + "/stage/dev/resource/ours").then().statusCode(404);

        Map<String, String> backups =
                json().get(path).then().extract().jsonPath().getMap("upstream.backups");

        assertThat(backups).hasSize(1).containsValue(ours);
        git(clone, "fetch", "--quiet", "http://localhost:" + RestAssured.port + "/git/" + name, ours);
        assertThat(git(clone, "show", "FETCH_HEAD:ours")).isEqualTo("1");
    }

    @Test
    void branches_that_diverged_are_shown_and_reconciled() {
        createLocally();
        Path remote = server.create("diverged");
        update("diverged", server.token).statusCode(204);
        git(remote, "branch", "-D", "dev");

        json().get(path).then().statusCode(200).body("upstream.diverged.dev", containsString("no branch dev any more"));
        json().body(files(file("a", "1")))
                .post(path + "/stage/dev/resource")
                .then()
                .statusCode(409);
        json().body(Map.of("keep", "mine"))
                .post(path + "/upstream/reconcile")
                .then()
                .statusCode(400);
        json().body(Map.of("keep", "project"))
                .post(path + "/upstream/reconcile")
                .then()
                .statusCode(204);

        String commit = write(path + "/stage/dev", file("a", "1"));
        assertThat(git(remote, "rev-parse", "dev")).isEqualTo(commit);
    }
}
