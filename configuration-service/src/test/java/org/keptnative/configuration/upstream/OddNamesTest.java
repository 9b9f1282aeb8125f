package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.git.GitCommand.git;

/** What somebody else has committed has whatever name it has. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class OddNamesTest extends UpstreamFixture {

    private static final Path BUNDLE = Path.of("src/test/resources/cases/upstream-odd-names.bundle");

    @Test
    void what_is_listed_can_be_read_and_deleted_under_its_name() {
        Path remote = server.create("odd");
        git(remote, "fetch", "--quiet", BUNDLE.toAbsolutePath().toString(), "master:master");
        create("odd", server.token).statusCode(204);

        for (String name : List.of(".gitmodules", "jmeter\\load.jmx", "l\u00e9.txt")) {
            String file = path + "/resource/" + name.replace("\\", "%5C").replace("\u00e9", "%C3%A9");
            json().get(path + "/resource").then().body("resources.resourceURI", hasItem("/" + name));
            json().get(file).then().statusCode(200).body("$", not(hasItem("code")));
            json().get(file + "/history").then().statusCode(200).body("history.commit", hasSize(1));
            json().body(file("x", "x")).put(file).then().statusCode(name.startsWith("l") ? 201 : 400);
            json().delete(file).then().statusCode(204);
            json().get(path + "/resource").then().body("resources.resourceURI", not(hasItem("/" + name)));
            json().get(file).then().statusCode(404);
        }
        assertThat(git(remote, "ls-tree", "-r", "--name-only", "master").lines())
                .containsExactlyInAnyOrder("README.md", "metadata.yaml", "run.sh");
    }

    @Test
    void an_executable_stays_one_when_it_is_written() {
        Path remote = server.create("executable");
        git(remote, "fetch", "--quiet", BUNDLE.toAbsolutePath().toString(), "master:master");
        create("executable", server.token).statusCode(204);

        json().body(file("run.sh", "#!/bin/sh"))
                .put(path + "/resource/run.sh")
                .then()
                .statusCode(201);

        assertThat(git(remote, "ls-tree", "master", "run.sh")).startsWith("100755");
    }
}
