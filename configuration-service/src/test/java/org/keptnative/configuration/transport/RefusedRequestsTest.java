package org.keptnative.configuration.transport;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.git.GitCommand.failingGit;

/** What is no request of Git is refused as everywhere, and Git is told so that it can show it. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RefusedRequestsTest extends CloneFixture {

    @ParameterizedTest
    @CsvSource({
        "GET, info/refs, , 403, the parameter service must be",
        "GET, info/refs?service=git-shell, , 403, the parameter service must be",
        "POST, info/refs?service=git-upload-pack, , 405, knows the method GET alone",
        "GET, git-upload-pack, , 405, knows the method POST alone",
        "POST, git-upload-pack, text/plain, 415, application/x-git-upload-pack-request",
        "POST, git-receive-pack, application/x-git-upload-pack-request, 415, application/x-git-receive-pack-request",
        "GET, HEAD, , 404, there is nothing at this path",
    })
    void requests(String method, String path, String contentType, int status, String message) {
        json().contentType(contentType == null ? "application/json" : contentType)
                .request(method, root() + path)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(status))
                .body("message", containsString(message));
    }

    @ParameterizedTest
    @CsvSource({"gzip, 400", "br, 415"})
    void encodings(String encoding, int status) {
        json().contentType(GitService.UPLOAD_PACK.mediaType("request"))
                .header("Content-Encoding", encoding)
                .body("no gzip".getBytes(US_ASCII))
                .post(root() + "git-upload-pack")
                .then()
                .statusCode(status)
                .body("code", equalTo(status));
    }

    @ParameterizedTest
    @CsvSource({"git-upload-pack, nonsense", "git-receive-pack, nonsense"})
    void bodies(String service, String body) {
        json().contentType("application/x-" + service + "-request")
                .header("Git-Protocol", "version=2")
                .body(body.getBytes(US_ASCII))
                .post(root() + service)
                .then()
                .statusCode(400)
                .body("message", containsString("no request of Git"));
    }

    @Test
    void a_project_that_is_not_there() {
        assertThat(failingGit(temporary, "clone", url("/v1/project/nothing"))).contains("remote: Project not found");
    }

    private String root() {
        return project.replace("/v1/project/", TransportRoutes.ROOT) + ".git/";
    }
}
