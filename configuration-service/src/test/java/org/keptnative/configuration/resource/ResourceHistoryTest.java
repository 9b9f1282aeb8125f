package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.util.List;
import java.util.stream.IntStream;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.write;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class ResourceHistoryTest {

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
                .body("pageSize", equalTo(2));
        String next = page.path("nextPageKey");
        Response second = json().get(project + "/resource/a/b/history?pageSize=2&nextPageKey=" + next);
        second.then().statusCode(200).body("history.commit", contains(commits.get(2), commits.get(1)));
        String last = second.path("nextPageKey");
        json().get(project + "/resource/a/b/history?nextPageKey=" + last)
                .then()
                .body("history.commit", contains(commits.get(0)))
                .body("nextPageKey", equalTo("0"));
        json().get(project + "/resource/a/b/history?nextPageKey=" + "1".repeat(40))
                .then()
                .statusCode(400);
        json().get(project + "/resource/a/b/history?nextPageKey=4").then().statusCode(400);
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
}
