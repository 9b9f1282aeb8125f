package org.keptnative.configuration.upstream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.git;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class UpstreamTest extends UpstreamFixture {

    @Test
    void a_write_counts_once_it_is_in_the_upstream() {
        Path remote = server.create("writes");
        create("writes", server.token).statusCode(204);

        String commit = write(path + "/stage/dev", file("a", "x"));

        assertThat(git(remote, "rev-parse", "dev")).isEqualTo(commit);
        json().body(Map.of("serviceName", "carts"))
                .post(path + "/service")
                .then()
                .statusCode(204);
        assertThat(git(remote, "show", "prod:carts/metadata.yaml")).contains("carts");
        json().delete(path + "/stage/prod").then().statusCode(204);
        assertThat(git(remote, "branch", "--format=%(refname:short)").lines()).doesNotContain("prod");
    }

    @Test
    void what_others_push_is_read_and_never_overwritten() throws IOException {
        server.create("shared");
        create("shared", server.token).statusCode(204);
        Path clone = cloned("shared");

        push(clone, "dev", "theirs", "1");
        write(path + "/stage/dev", file("ours", "1"));

        json().get(path + "/stage/dev/resource?disableUpstreamSync=true")
                .then()
                .body("resources.resourceURI", contains("/metadata.yaml", "/ours", "/theirs"));
        git(clone, "pull", "--quiet", "origin", "dev");
        assertThat(git(clone, "log", "--merges", "--format=%H")).isEmpty();

        push(clone, "dev", "theirs", "2");
        await().untilAsserted(() ->
                json().get(path + "/stage/dev/resource/theirs").then().body("resourceContent", equalTo(base64("2\n"))));
    }

    @Test
    void an_upstream_that_is_down_fails_no_read_and_changes_nothing() throws IOException {
        Path remote = server.create("down");
        create("down", server.token).statusCode(204);
        String before = write(path, file("a", "1"));
        server.stop();

        json().get(path + "/resource/a").then().statusCode(200).body("resourceContent", equalTo(base64("1")));
        json().body(files(file("a", "2")))
                .post(path + "/resource")
                .then()
                .statusCode(400)
                .body("message", startsWith("Could not commit changes"));
        json().get(path + "/resource/a").then().body("metadata.version", equalTo(before));

        server.start();
        assertThat(write(path, file("a", "2"))).isEqualTo(git(remote, "rev-parse", "master"));
    }

    @Test
    void a_slow_upstream_does_not_slow_readers_down_for_long() {
        server.create("slow");
        create("slow", server.token).statusCode(204);
        server.delayMillis = 20_000;

        json().get(path + "/resource/metadata.yaml").then().statusCode(200);

        server.delayMillis = 0;
    }

    @RepeatedTest(3)
    void parallel_writers_and_a_foreign_one_lose_nothing() throws Exception {
        Path remote = server.create("parallel");
        create("parallel", server.token).statusCode(204);
        Path clone = cloned("parallel");
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Future<String>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String file = "file" + i;
            writes.add(threads.submit(() -> Keptn.write(path + "/stage/dev", file(file, file))));
        }
        push(clone, "dev", "theirs", "x");
        List<String> commits = new ArrayList<>();
        for (Future<String> write : writes) {
            commits.add(write.get());
        }
        threads.shutdown();

        assertThat(git(remote, "log", "--format=%H", "dev").lines()).containsAll(commits);
        assertThat(git(remote, "ls-tree", "--name-only", "dev").lines())
                .hasSize(22)
                .contains("theirs");
        assertThat(git(remote, "log", "--merges", "--format=%H", "dev")).isEmpty();
    }
}
