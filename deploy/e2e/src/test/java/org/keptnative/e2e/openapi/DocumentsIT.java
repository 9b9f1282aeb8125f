package org.keptnative.e2e.openapi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.keptnative.configuration.upstream.GitServer;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What the services say about themselves. */
class DocumentsIT {

    private static final List<String> SERVICES = Document.SERVICES;

    /**
     * Every operation, those of Keptn 0.7 and those that were added: its service, method, path and parameters; in an
     * order in which each one finds what its example needs.
     */
    private static final String OPERATIONS = "/openapi/operations.csv";

    @TempDir
    static Path repositories;

    private static GitServer git;

    @BeforeAll
    static void startGit() throws IOException {
        git = new GitServer(repositories);
        git.token = "a-git-token";
        git.create("sockshop");
    }

    @AfterAll
    static void stopGit() {
        git.close();
    }

    private final Installation installation = Installation.shared();

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theApiChangesOnPurposeOnly(String service) throws IOException {
        assertThat(new Document(installation, service).yaml())
                .as("the API has changed; if it was meant to, run `make openapi`")
                .isEqualTo(Files.readString(Packaged.root().resolve(service).resolve("openapi.yaml")));
    }

    /** Keptn's Bridge takes what follows the last `version: ` of api-service's for the version of Keptn. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void theLastVersionIsThatOfTheApi(String service) {
        String version = installation
                .client()
                .get("/api/v1/metadata")
                .path(service.equals("api-service") ? "keptnversion" : "keptnnativeversion");
        String yaml = new Document(installation, service).yaml();

        assertThat(yaml.substring(yaml.lastIndexOf("version: ")).lines().findFirst())
                .contains("version: " + version);
        assertThat(yaml.lines()).contains("  version: " + version);
    }

    @ParameterizedTest
    @CsvFileSource(resources = OPERATIONS, numLinesToSkip = 1)
    void theOperationHasItsParameters(String service, String method, String path, String parameters) {
        Operation operation = new Document(installation, service).operation(method, path);

        assertThat(operation.parameterNames())
                .containsExactlyInAnyOrder(parameters == null ? new String[0] : parameters.split(" "));
    }

    @Test
    void thereAreNoOtherOperations() throws IOException {
        List<String> known;
        try (var lines = getClass().getResourceAsStream(OPERATIONS)) {
            known = new String(lines.readAllBytes())
                    .lines()
                    .skip(1)
                    .map(DocumentsIT::operation)
                    .toList();
        }
        assertThat(SERVICES.stream()
                        .flatMap(service -> new Document(installation, service)
                                .operations()
                                .map(operation -> service + "," + operation.method() + "," + operation.path())))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    /** The websocket is no request that an HTTP client could try; the tests of progress open it. */
    @ParameterizedTest
    @CsvFileSource(resources = OPERATIONS, numLinesToSkip = 1)
    void theExampleIsAcceptedAsItStands(String service, String method, String path) {
        assumeFalse(path.equals("/websocket"));
        Operation operation = new Document(installation, service).operation(method, path);

        var answer = operation.sendExample(installation.client(), git.url("sockshop"));

        assertThat(answer.statusCode()).as(answer.asString()).isIn(operation.successes());
    }

    private static String operation(String line) {
        return line.substring(0, line.lastIndexOf(','));
    }
}
