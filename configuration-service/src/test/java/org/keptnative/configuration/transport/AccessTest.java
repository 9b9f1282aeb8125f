package org.keptnative.configuration.transport;

import io.quarkus.runtime.configuration.MemorySize;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.git.GitCommand.failingGit;

/** What an installation does not give is refused before anything is looked at. */
class AccessTest {

    private record Settings(GitAccess access) implements TransportConfig {

        @Override
        public MemorySize maxPushSize() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration silence() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration longest() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void where_clones_are_all_there_is_pushes_are_refused() throws Exception {
        with(GitAccess.READ, url -> {
            RestAssured.get(url + "info/refs?service=git-receive-pack")
                    .then()
                    .statusCode(403)
                    .body("message", equalTo("this installation takes no pushes, only clones and fetches"));
            RestAssured.post(url + "git-receive-pack").then().statusCode(403);
        });
    }

    @Test
    void where_there_is_no_access_git_says_so() throws Exception {
        with(GitAccess.NONE, url -> {
            assertThat(failingGit(Path.of("."), "ls-remote", url))
                    .contains("remote: this installation does not give access to its projects by Git");
            RestAssured.post(url + "git-upload-pack").then().statusCode(404);
        });
    }

    private interface Check {
        void run(String url);
    }

    private static void with(GitAccess access, Check check) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            new TransportRoutes(new Settings(access), null).register(router);
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            check.run("http://localhost:" + server.actualPort() + "/git/sockshop.git/");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
