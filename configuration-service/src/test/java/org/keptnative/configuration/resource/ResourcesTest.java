package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;
import static org.keptnative.configuration.Keptn.write;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ResourcesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shipyard.yaml | shipyard.yaml",
                "/shipyard.yaml | shipyard.yaml",
                "shipyard.yaml | %2Fshipyard.yaml",
                "jmeter/load.jmx | jmeter/load.jmx",
                "jmeter/load.jmx | jmeter%2Fload.jmx",
                "jmeter/load.jmx | jmeter%252Fload.jmx",
                "jmeter/load.jmx | /jmeter/load.jmx",
                "a b/c d.txt | a%20b/c%20d.txt",
                "a b.txt | a+b.txt",
                "a+b.txt | a+b.txt",
                "a+b.txt | a%2Bb.txt",
                "100%.txt | 100%25.txt",
                ".gitignore | .gitignore",
                "x.github.yaml | x.github.yaml",
                "x.git/readme | x.git/readme",
                "\u00e4/\u00f6.txt | %C3%A4/%C3%B6.txt",
                "a\u0308.txt | a%CC%88.txt",
                "\u65e5\u672c/\ud83d\ude00 | %E6%97%A5%E6%9C%AC%2F%F0%9F%98%80",
                "a;b=c.txt | a%3Bb=c.txt",
                "semi:colon | semi%3Acolon",
            })
    void a_file_is_found_under_every_spelling(String written, String asked) {
        String stage = newProject("dev") + "/stage/dev";

        write(stage, file(written, "content"));

        json().get(stage + "/resource/" + asked)
                .then()
                .statusCode(200)
                .body("resourceContent", equalTo(base64("content")))
                .body("metadata.branch", equalTo("dev"));
        json().get(stage + "/resource")
                .then()
                .body("resources.resourceURI", org.hamcrest.Matchers.hasItem("/" + written.replaceFirst("^/", "")));
    }

    @Test
    void a_list_is_one_commit_and_the_same_again_is_none() {
        String project = newProject();
        String before = head(project);

        String first = write(project, file("a", "1"), file("b/c", "2"), file("a", "3"));
        String again = write(project, file("a", "3"), file("b/c", "2"));

        assertThat(first).isNotEqualTo(before).isEqualTo(again).isEqualTo(head(project));
        json().get(project + "/resource/a/history").then().body("totalCount", equalTo(1));
        json().get(project + "/resource/a").then().body("resourceContent", equalTo(base64("3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"resources\":[]}", "{\"resources\":null}", "{}"})
    void an_empty_list_changes_nothing(String body) {
        String project = newProject();
        String before = head(project);

        json().body(body).put(project + "/resource").then().statusCode(201).body("version", equalTo(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aGVsbG8gd29ybGQ=          | 201",
                "aGVsbG8gd29ybGQ           | 400",
                "aGVsbG8g\\r\\nd29y\\nbGQ= | 201",
                "aGVs bG8=                 | 400",
                "aGVs\\tbG8=               | 400",
                "_-8=                      | 400",
                "/+8=                      | 201",
                "a                         | 400",
                "=                         | 400",
                "====                      | 400",
                "YQ==YQ==                  | 400",
                "YQ=                       | 400",
                "\u00e4aaa                 | 400",
            })
    void content_is_standard_base64_with_padding(String content, int status) {
        String project = newProject();
        String before = head(project);
        String body = "{\"resources\":[{\"resourceURI\":\"good\",\"resourceContent\":\"YQ==\"},"
                + "{\"resourceURI\":\"f\",\"resourceContent\":\"" + content + "\"}]}";

        json().body(body).post(project + "/resource").then().statusCode(status);

        if (status == 400) {
            assertThat(head(project)).isEqualTo(before);
        }
    }

    @Test
    void an_empty_file_has_no_content_member() {
        String project = newProject();

        write(project, Map.of("resourceURI", "empty"));

        json().get(project + "/resource/empty").then().statusCode(200).body("$", not(hasKey("resourceContent")));
    }

    @Test
    void a_file_cannot_become_a_folder_nor_the_other_way_round() {
        String project = newProject();
        String head = write(project, file("file", "x"), file("folder/file", "x"));

        for (var list : List.of(
                files(file("file/below", "y")),
                files(file("folder", "y")),
                files(file("new", "y"), file("new/below", "y")),
                files(file("other/below", "y"), file("other", "y")))) {
            json().body(list).post(project + "/resource").then().statusCode(400);
        }
        assertThat(head(project)).isEqualTo(head);
    }

    @Test
    void the_path_decides_where_a_single_write_goes() {
        String project = newProject();

        json().body(file("elsewhere", "x"))
                .put(project + "/resource/a%2Fb")
                .then()
                .statusCode(201);
        json().body(Map.of("resourceContent", ""))
                .put(project + "/resource/a%2Fb")
                .then()
                .statusCode(422);

        json().get(project + "/resource").then().body("resources.resourceURI", contains("/a/b", "/metadata.yaml"));
    }

    @Test
    void a_deleted_file_is_gone_but_its_earlier_state_is_not() {
        String project = newProject();
        String before = write(project, file("a/b", "x"));

        json().delete(project + "/resource/a%2Fb").then().statusCode(204);
        json().delete(project + "/resource/a%2Fb").then().statusCode(404);
        json().delete(project + "/resource/metadata.yaml").then().statusCode(400);

        json().get(project + "/resource/a%2Fb").then().statusCode(404);
        json().get(project + "/resource/a%2Fb?gitCommitID=" + before)
                .then()
                .statusCode(200)
                .body("metadata.version", equalTo(before))
                .body("resourceContent", equalTo(base64("x")));
    }

    @Test
    void only_commits_of_the_branch_can_be_read() {
        String project = newProject("dev");
        String ofStage = write(project + "/stage/dev", file("a", "x"));
        write(project, file("a", "y"));

        json().get(project + "/resource?gitCommitID=" + ofStage).then().statusCode(404);
        json().get(project + "/resource/a?gitCommitID=" + "0".repeat(40)).then().statusCode(404);
        json().get(project + "/resource/a?gitCommitID=HEAD").then().statusCode(400);
    }

    @Test
    void the_history_of_a_file_is_paged() {
        String project = newProject();
        List<String> commits = IntStream.range(0, 5)
                .mapToObj(i -> write(project, file("a/b", "state " + i), file("other" + i, "")))
                .toList();
        write(project, file("unrelated", "x"));

        Response page = json().get(project + "/resource/a%2Fb/history?pageSize=2");
        page.then()
                .statusCode(200)
                .body("history.commit", contains(commits.get(4), commits.get(3)))
                .body("history[0].message", equalTo("Added resources"))
                .body("history[0].time", containsString("T"))
                .body("totalCount", equalTo(5))
                .body("nextPageKey", equalTo("2"));
        json().get(project + "/resource/a/b/history?nextPageKey=4")
                .then()
                .body("history", hasSize(1))
                .body("nextPageKey", equalTo("0"));
        json().get(project + "/resource/never/history").then().statusCode(404);
    }

    @Test
    void a_file_called_history_is_a_file() {
        String project = newProject();
        write(project, file("a/history", "x"));

        json().body(file("a/history", "y"))
                .put(project + "/resource/a/history")
                .then()
                .statusCode(201);

        for (String spelling : List.of("a/history", "a%2Fhistory", "a%252Fhistory")) {
            json().get(project + "/resource/" + spelling)
                    .then()
                    .statusCode(200)
                    .body("resourceContent", equalTo(base64("y")));
        }
        json().delete(project + "/resource/a/history").then().statusCode(204);
    }

    @Test
    void entity_tags_let_clients_cache_and_not_overwrite_each_other() {
        String project = newProject();
        String uri = project + "/resource/a";
        json().header("If-None-Match", "*").body(file("a", "1")).put(uri).then().statusCode(201);
        json().header("If-None-Match", "*").body(file("a", "2")).put(uri).then().statusCode(412);

        String tag = json().get(uri).header("ETag");
        json().header("If-None-Match", tag).get(uri).then().statusCode(304);
        json().header("If-Match", tag).body(file("a", "3")).put(uri).then().statusCode(201);
        json().header("If-Match", tag).body(file("a", "4")).put(uri).then().statusCode(412);
        json().header("If-Match", tag).delete(uri).then().statusCode(412);
        json().header("If-None-Match", tag)
                .get(uri)
                .then()
                .statusCode(200)
                .body("resourceContent", equalTo(base64("3")));

        String list = json().get(project + "/resource").header("ETag");
        json().header("If-Match", list)
                .body(files(file("b", "1")))
                .post(project + "/resource")
                .then()
                .statusCode(201);
        json().header("If-Match", list)
                .body(files(file("b", "2")))
                .post(project + "/resource")
                .then()
                .statusCode(412);
        json().header("If-Match", "*")
                .body(file("new", "1"))
                .put(project + "/resource/new")
                .then()
                .statusCode(412);
    }

    @Test
    void lists_are_paged() {
        String project = newProject("dev");
        write(
                project + "/stage/dev",
                IntStream.range(0, 45)
                        .mapToObj(i -> file(String.format("f%02d", i), "x"))
                        .toArray(Map[]::new));

        json().get(project + "/stage/dev/resource/?nextPageKey=40&unknown=1")
                .then()
                .statusCode(200)
                .body("resources", hasSize(6))
                .body("totalCount", equalTo(46))
                .body("nextPageKey", equalTo("0"))
                .body("resources[0].resourceURI", equalTo("/f40"));
        json().get(project + "/stage/dev/resource?pageSize=51").then().statusCode(422);
        json().get(project + "/stage/dev/resource?nextPageKey=-5&pageSize=1")
                .then()
                .body("resources[0].resourceURI", equalTo("/f00"));
    }

    @Test
    void default_files_are_those_that_all_stages_share() {
        String project = newProject("dev", "prod");
        json().body(Map.of("serviceName", "carts"))
                .post(project + "/service")
                .then()
                .statusCode(204);
        String defaults = project + "/service/carts/resource";

        json().body(files(file("slo.yaml", "1"), file("jmeter/load.jmx", "2")))
                .post(defaults)
                .then()
                .statusCode(201);
        write(project + "/stage/dev/service/carts", file("only-dev", "x"), file("jmeter/load.jmx", "other"));

        json().get(defaults).then().body("resources.resourceURI", contains("/metadata.yaml", "/slo.yaml"));
        json().get(defaults + "/slo.yaml").then().statusCode(200).body("resourceContent", equalTo(base64("1")));
        json().get(defaults + "/jmeter%2Fload.jmx").then().statusCode(404);
        json().body(file("slo.yaml", "2")).put(defaults + "/slo.yaml").then().statusCode(201);
        json().get(project + "/stage/prod/service/carts/resource/slo.yaml")
                .then()
                .body("resourceContent", equalTo(base64("2")));
        json().delete(defaults + "/slo.yaml").then().statusCode(204);
        json().get(project + "/stage/prod/service/carts/resource/slo.yaml")
                .then()
                .statusCode(404);
    }

    @Test
    void default_files_reach_all_stages_or_none() {
        String project = newProject("dev", "prod");
        newService(project + "/stage/dev", "carts");
        String before = head(project + "/stage/dev");

        json().body(files(file("slo.yaml", "1")))
                .post(project + "/service/carts/resource")
                .then()
                .statusCode(404);

        assertThat(head(project + "/stage/dev")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /v1/project/none/resource                      | 404 | Project does not exist",
                "GET  | /v1/project/none/resource/x                    | 404 | Project not found",
                "GET  | P/resource/x                                   | 404 | Project resource not found",
                "GET  | P/stage/none/resource                          | 404 | Stage does not exist",
                "GET  | P/stage/master/resource                        | 404 | Stage does not exist",
                "GET  | P/stage/none/resource/x                        | 404 | Stage not found",
                "GET  | P/stage/dev/resource/x                         | 404 | Stage resource not found",
                "GET  | P/stage/dev/service/none/resource              | 404 | Service does not exist",
                "GET  | P/stage/dev/service/none/resource/x            | 404 | Service not found",
                "GET  | P/stage/dev/service/carts/resource/x           | 404 | Service resource not found",
                "GET  | P/stage/dev/service/carts/resource/helm%2Fx.tgz | 400 | Could archive the Helm chart directory",
                "POST | /v1/project/none/resource                      | 400 | Project does not exist",
                "PUT  | P/stage/none/resource                          | 400 | Stage does not exist",
                "POST | P/stage/dev/service/none/resource              | 400 | Service none does not exist within stage dev",
                "POST | P/stage/none/service/carts/resource            | 400 | Stage none does not exist within project",
                "POST | P/service/none/resource                        | 404 | Service does not exist",
                "GET  | P/service/none/resource/x                      | 404 | Service does not exist",
            })
    void what_is_missing_is_named(String method, String path, int status, String message) {
        String project = newProject("dev");
        newService(project + "/stage/dev", "carts");
        var request = json();
        if (!method.equals("GET")) {
            request.body(files(file("x", "x")));
        }
        request.request(method, path.replaceFirst("^P", project))
                .then()
                .statusCode(status)
                .body("message", containsString(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"resources\":[null]}", "{\"resources\":{}}", "\"x\""})
    void a_bad_body_is_refused(String body) {
        String project = newProject();
        json().body(body.getBytes(UTF_8)).post(project + "/resource").then().statusCode(400);
    }

    private static String head(String path) {
        return json().get(path + "/resource").then().statusCode(200).extract().path("metadata.version");
    }
}
