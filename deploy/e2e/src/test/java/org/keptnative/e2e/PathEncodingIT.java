package org.keptnative.e2e;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.e2e.installation.Installation;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Names of files in the request line: every spelling of the old clients arrives through the gateway. */
class PathEncodingIT {

    private static final String PROJECT = Samples.uniqueName("encodings");
    private static final KeptnUser USER = new KeptnUser(Installation.shared());

    @BeforeAll
    static void createFiles() {
        USER.createProject(PROJECT);
        for (String name : new String[] {"jmeter/load.jmx", "a b+c.txt", "grün/50%/übung.yaml"}) {
            USER.store(PROJECT, "/stage/dev", name, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jmeter%2Fload.jmx, jmeter/load.jmx",
        "jmeter%252Fload.jmx, jmeter/load.jmx",
        "jmeter/load.jmx, jmeter/load.jmx",
        "%2Fjmeter%2Fload.jmx, jmeter/load.jmx",
        "a%20b+c.txt, a b+c.txt",
        "a%20b%2Bc.txt, a b+c.txt",
        "gr%C3%BCn%2F50%25%2F%C3%BCbung.yaml, grün/50%/übung.yaml",
    })
    void aFileIsFound(String spelling, String name) {
        assertThat(USER.read(PROJECT, "/stage/dev", spelling))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(name);
    }

    @Test
    void aTrailingSlashChangesNothing() {
        Installation.shared()
                .client()
                .get("/api/configuration-service/v1/project/" + PROJECT + "/")
                .then()
                .statusCode(200)
                .body("projectName", equalTo(PROJECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2F..%2F..%2Fetc%2Fpasswd",
                "..%252F..%252Fetc%252Fpasswd",
                "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "..%5C..%5Cetc",
                ".git%2Fconfig",
                "a%00b",
                "a%2F..%2F..%2Fb"
            })
    void noSpellingLeavesTheProject(String spelling) throws Exception {
        String path = "/api/configuration-service/v1/project/" + PROJECT + "/resource/" + spelling;

        RawRequest answer = RawRequest.get(
                Installation.shared().gateway().url(),
                path,
                "x-token: " + Installation.shared().token());

        assertThat(answer.status()).as(answer.answer()).isIn(400, 404);
        assertThat(answer.body()).contains("\"message\"");
    }
}
