package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;

import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
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
        json().get(project + "/resource/a/history").then().body("history.size()", equalTo(1));
        json().get(project + "/resource/a").then().body("resourceContent", equalTo(base64("3")));
    }

    @Test
    void an_empty_file_has_no_content_member() {
        String project = newProject();

        write(project, Map.of("resourceURI", "empty"));

        json().get(project + "/resource/empty").then().statusCode(200).body("$", not(hasKey("resourceContent")));
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
}
