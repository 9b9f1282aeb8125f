package org.keptnative.configuration.transfer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.git.GitCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class TransferTest {

    private static final String VIEW = """
            {"_id": {"$oid": "6b0a35284a3d804b6df19015"}, "projectName": "%s", "creationDate": "1598954401000000000",
             "stages": [{"stageName": "dev", "services": [{"serviceName": "carts", "creationDate": "1598954402000000001",
               "deployedImage": "shop/carts:1", "lastEventTypes": {"sh.keptn.events.deployment-finished":
                 {"eventId": "d", "keptnContext": "c", "time": "1598954403000000001"}},
               "openApprovals": [{"eventId": "z", "keptnContext": "c", "image": "i", "tag": "t",
                                  "time": "2020-09-01 10:00:05.797845 +0000 UTC"},
                                 {"eventId": "a", "keptnContext": "c", "time": "2020-09-01 10:00:04 +0000 UTC"}, null],
               "openRemediations": null},
              {"serviceName": "gone", "creationDate": "1"}]},
              {"stageName": "extra", "services": []}, {"stageName": "gone", "services": []}]}
            """.replace("\n", "") + "\n";

    @ConfigProperty(name = "configuration.data-dir")
    Path data;

    @TempDir
    Path folder;

    private final String project = "p-" + UUID.randomUUID();
    private Original original;

    @BeforeEach
    void make() {
        original = new Original(folder.resolve(project));
    }

    @Test
    void a_project_of_keptn_is_taken_over_with_history_and_state() throws IOException {
        original.write(".gitignore", "*.log\n");
        original.write("carts/run.log", "kept out of Git\n");
        original.git("add", ".gitignore");
        original.commit("keptn <keptn@keptn.com>", "carts/README.md", "hello\n");
        original.git("pack-refs", "--all");
        original.git("gc", "-q");
        String log = original.git("log", "--all", "--format=%H %an %ae %at %s");
        original.trap(folder.resolve("trace"));

        archive()
                .file("mongodb/keptnProjectsMV.jsonl", VIEW.formatted(project))
                .send(false)
                .statusCode(200)
                .body(containsString("\"outcome\":\"imported\",\"commits\":5,\"files\":8"))
                .body(containsString("are in no commit and were left out: carts/run.log"))
                .body(containsString("the service gone has no files in the stage dev"))
                .body(containsString("the stage gone has no branch"))
                .body(containsString("1 projects imported with 5 commits and 8 files"));

        assertThat(GitCommand.git(data.resolve(project + ".git"), "log", "--branches", "--format=%H %an %ae %at %s"))
                .isEqualTo(log);
        GitCommand.fsck(data.resolve(project + ".git"));
        get("").body("creationDate", equalTo("1598954401000000000"))
                .body("stages.stageName", contains("dev", "extra"))
                .body("stages[0].services.serviceName", contains("carts"));
        get("/stage/dev/service/carts")
                .body("creationDate", equalTo("1598954402000000001"))
                .body("deployedImage", equalTo("shop/carts:1"))
                .body("lastEventTypes.'sh.keptn.events.deployment-finished'.time", equalTo("1598954403000000001"))
                .body("openApprovals.eventId", contains("z", "a"))
                .body("openApprovals[0].time", equalTo("2020-09-01 10:00:05.797845 +0000 UTC"))
                .body("openRemediations", empty());
        assertThat(folder.resolve("trace")).doesNotExist();
        assertNothingIsLeftBehind();
    }

    @Test
    void a_dry_run_says_the_same_and_changes_nothing() throws IOException {
        archive()
                .send(true)
                .statusCode(200)
                .body(containsString("\"outcome\":\"importable\",\"commits\":4,\"files\":6"))
                .body(containsString("dry run, nothing was changed: 1 projects importable"));
        given().get("/v1/project/" + project).then().statusCode(404);
        assertNothingIsLeftBehind();
    }

    @Test
    void a_repetition_changes_nothing_and_another_project_of_the_name_stays() {
        archive().send(false).body(containsString("\"outcome\":\"imported\""));
        String before = get("").extract().asString();
        original.commit("keptn <keptn@keptn.com>", "later.txt", "later\n");
        archive().send(false).statusCode(200).body(containsString("\"outcome\":\"present\""));
        assertThat(get("").extract().asString()).isEqualTo(before);

        given().delete("/v1/project/" + project).then().statusCode(204);
        given().contentType("application/json")
                .body(Map.of("projectName", project))
                .post("/v1/project")
                .then()
                .statusCode(204);
        archive().send(false).statusCode(200).body(containsString("there is another project of this name"));
        get("").body("stages", empty());
    }

    @Test
    void credentials_come_from_the_secret_else_from_the_repository() {
        original.git("remote", "add", "origin", "http://a%40b:t%2Fk@git.example.test/shop.git");
        archive().send(false).body(containsString("\"outcome\":\"imported\""));
        get("").body("gitUser", equalTo("a@b")).body("gitRemoteURI", equalTo("http://git.example.test/shop.git"));
        assertThat(credentialsInExport()).contains("\"token\":\"t/k\"");
        given().delete("/v1/project/" + project).then().statusCode(204);

        String secret = Base64.getEncoder()
                .encodeToString("{\"user\":\"s\",\"token\":\"x\",\"remoteURI\":\"http://git.example.test/s.git\"}"
                        .getBytes(UTF_8));
        archive()
                .file(
                        "secrets/all.json",
                        "{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"git-credentials-" + project
                                + "\"},\"data\":{\"git-credentials\":\"" + secret + "\"}}]}")
                .send(false)
                .body(containsString("\"outcome\":\"imported\""));
        get("").body("gitUser", equalTo("s")).body("gitRemoteURI", equalTo("http://git.example.test/s.git"));
        assertThat(credentialsInExport()).contains("\"token\":\"x\"");
        assertThat(new String(export(false), UTF_8)).doesNotContain("git-credentials");
    }

    @Test
    void branches_of_the_upstream_that_are_not_here_are_kept() {
        original.git("update-ref", "refs/remotes/origin/main", original.git("rev-parse", "dev"));
        original.git("checkout", "-q", "--detach");
        original.commit("keptn <keptn@keptn.com>", "theirs.txt", "theirs\n");
        original.git("update-ref", "refs/remotes/origin/theirs", "HEAD");
        original.git("checkout", "-q", "master");
        original.git("tag", "v1");
        archive()
                .send(false)
                .body(containsString(
                        "refs/remotes/origin/theirs is kept as refs/backup/imported/remotes/origin/theirs"));
        assertThat(GitCommand.git(data.resolve(project + ".git"), "for-each-ref", "--format=%(refname)"))
                .contains("refs/backup/imported/remotes/origin/theirs", "refs/tags/v1")
                .doesNotContain("origin/main");
    }

    @Test
    void an_export_makes_the_same_project_again() {
        archive().file("mongodb/keptnProjectsMV.jsonl", VIEW.formatted(project)).send(false);
        given().contentType("application/json")
                .body(Map.of("serviceName", "own"))
                .post("/v1/project/{p}/service", project)
                .then()
                .statusCode(204);
        given().contentType("application/json")
                .body(Map.of("eventId", "r", "keptnContext", "rc", "type", "t", "action", "a", "time", "now"))
                .post("/v1/project/{p}/stage/dev/service/own/remediation", project)
                .then()
                .statusCode(200);
        String before = get("").extract().asString();
        String refs = refs();
        byte[] export = export(true);

        given().delete("/v1/project/" + project).then().statusCode(204);
        Archive.send(export, false).statusCode(200).body(containsString("\"outcome\":\"imported\""));

        assertThat(get("").extract().asString()).isEqualTo(before);
        assertThat(refs()).isEqualTo(refs);
        given().get("/v1/transfer/export?project=unknown").then().statusCode(404);
    }

    @Test
    void what_cannot_be_imported_is_left_out_alone() throws IOException {
        Original broken = new Original(folder.resolve(project + "-b"));
        String lost = broken.git("rev-parse", "dev:carts/slo.yaml");
        Files.delete(broken.folder.resolve(".git/objects/" + lost.substring(0, 2) + "/" + lost.substring(2)));
        Original elsewhere = new Original(folder.resolve(project + "-c"));
        elsewhere.write(".git/objects/info/alternates", "/etc\n");
        Original named = new Original(folder.resolve("Bad_Name"));
        Original noMaster = new Original(folder.resolve(project + "-d"));
        noMaster.git("branch", "-D", "master");
        Archive archive = archive().file("mongodb/keptnProjectsMV.jsonl", VIEW.formatted(project + "-e"));
        for (Original one : List.of(broken, elsewhere, named, noMaster)) {
            archive.folder("config/" + one.folder.getFileName(), one.folder);
        }

        archive.send(false)
                .statusCode(200)
                .body(containsString(project + "-b: left out, its history is not whole"))
                .body(containsString(project + "-c: left out, its repository needs another one"))
                .body(containsString(project + "-d: left out, it has no branch master"))
                .body(containsString(project + "-e: left out, the view knows it, but there are no files"))
                .body(containsString("Bad_Name: left out, no project can be called so"))
                .body(containsString("1 projects imported with 4 commits and 6 files, 0 imported before, 5 left out"));
        get("").body("stages.stageName", contains("dev"));
        assertNothingIsLeftBehind();
    }

    @Test
    void a_bundle_that_is_none_is_left_out() {
        String header = "# v2 git bundle\n" + "0".repeat(39) + "1 refs/heads/master\n\n";
        for (String bundle :
                List.of("", "# v2 git bundle\n", "text\n", header, header + "PACK", header + "no pack at all")) {
            new Archive()
                    .file("projects/" + project + "/history.bundle", bundle)
                    .send(false)
                    .statusCode(200)
                    .body(containsString(project + ": left out, its "));
        }
        given().get("/v1/project/" + project).then().statusCode(404);
    }

    @Test
    void nobody_reaches_it_through_the_gateway() {
        for (String path : List.of("/v1/transfer/export", "/v1;a=b/transfer/export", "//v1/transfer/export")) {
            given().urlEncodingEnabled(false)
                    .header("X-Real-IP", "127.0.0.1")
                    .get(path)
                    .then()
                    .statusCode(403);
        }
    }

    private Archive archive() {
        return new Archive().folder("config/" + project, original.folder);
    }

    private ValidatableResponse get(String path) {
        return given().get("/v1/project/" + project + path).then().statusCode(200);
    }

    private byte[] export(boolean credentials) {
        return given().get("/v1/transfer/export?credentials=" + credentials + "&project=" + project)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private String credentialsInExport() {
        String export = new String(export(true), UTF_8);
        int begin = export.indexOf("\"git-credentials\":\"") + "\"git-credentials\":\"".length();
        return new String(Base64.getDecoder().decode(export.substring(begin, export.indexOf('"', begin))), UTF_8);
    }

    private String refs() {
        return GitCommand.git(data.resolve(project + ".git"), "for-each-ref", "refs/heads", "refs/tags");
    }

    private void assertNothingIsLeftBehind() throws IOException {
        try (var files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".unfinished"));
        }
    }
}
