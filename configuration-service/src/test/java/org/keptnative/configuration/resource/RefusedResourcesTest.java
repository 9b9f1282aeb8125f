package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;
import static org.keptnative.configuration.Keptn.write;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RefusedResourcesTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"{\"resources\":[]}", "{\"resources\":null}", "{}"})
    void an_empty_list_changes_nothing(String body) {
        String project = newProject();
        String before = head(project);

        json().body(body).put(project + "/resource").then().statusCode(201).body("version", equalTo(before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceURI\":\"a\",\"resourceContent\":\"eA==\"}",
                "{\"resourceURI\":\"a\"}",
                "{\"resourceContent\":\"eA==\"}"
            })
    void a_file_is_no_list(String body) {
        String project = newProject();
        for (String path : List.of("/resource", "/resource/")) {
            json().body(body)
                    .put(project + path)
                    .then()
                    .statusCode(400)
                    .body("message", startsWith("resources is missing"));
            json().body(body).post(project + path).then().statusCode(400);
        }
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
    void of_two_entries_where_one_is_a_folder_of_the_other_the_file_is_named() {
        String project = newProject();

        for (var list : List.of(
                files(file("new", "y"), file("new/deep/below", "y")),
                files(file("new/deep/below", "y"), file("new", "y")))) {
            json().body(list)
                    .post(project + "/resource")
                    .then()
                    .statusCode(400)
                    .body("message", startsWith("'new' is a "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"./slo.yaml", "slo.yaml/", "/slo.yaml", ".//slo.yaml", "%2Fslo.yaml", ".%2Fslo.yaml%2F"})
    void harmless_spellings_mean_the_same_file(String spelling) {
        String project = newProject("dev");
        write(project + "/stage/dev", Map.of("resourceURI", spelling.replace("%2F", "/")));
        String file = project + "/stage/dev/resource/" + spelling;

        json().get(project + "/stage/dev/resource").then().body("resources.resourceURI", hasItem("/slo.yaml"));
        json().body(file("slo.yaml", "x")).put(file).then().statusCode(201);
        json().get(file).then().statusCode(200).body("resourceContent", equalTo(base64("x")));
        json().get(file + "/history").then().statusCode(200).body("history.size()", equalTo(2));
        json().delete(file).then().statusCode(204);
        json().get(project + "/stage/dev/resource").then().body("resources.resourceURI", not(hasItem("/slo.yaml")));
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
}
