package org.keptnative.e2e.fuzz;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.keptnative.e2e.RawRequest;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.openapi.Document;
import org.keptnative.e2e.openapi.Operation;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are made at random from the three documents, so that no operation is forgotten; the same ones in each
 * run. {@code make fuzz N=100000} makes more of them.
 */
class FuzzIT {

    private static final long CASES = Long.getLong("fuzz.cases", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final List<String> PROJECTS = List.of("fuzz-a", "fuzz-b");
    private static final int MOST_SHOWN = 30;

    private static final List<String> WRONG_TOKENS = Arrays.asList(null, "wrong", "", "x".repeat(6000));

    private static Installation installation;
    private static URI gateway;
    private static List<Operation> operations;

    @BeforeAll
    static void start() {
        installation = Installation.start(Map.of("AUTH_FAILURES_PER_MINUTE", "1000000"));
        gateway = installation.gateway().url();
        operations = Document.SERVICES.stream()
                .flatMap(service -> new Document(installation, service).operations())
                .filter(operation -> !operation.path().equals("/websocket"))
                .toList();
        PROJECTS.forEach(FuzzIT::createProject);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void every_answer_is_one_that_is_documented() {
        List<String> faults = LongStream.range(0, CASES)
                .parallel()
                .mapToObj(i -> RandomRequest.of(
                        operations.get((int) (i % operations.size())),
                        gateway.getPath(),
                        installation.token(),
                        SEED * 1_000_003 + i))
                .flatMap(request -> fault(request).stream())
                .limit(MOST_SHOWN)
                .toList();

        assertThat(faults).isEmpty();
        assertThat(List.of(
                        installation.apiService().isAlive(),
                        installation.configurationService().isAlive(),
                        installation.mongodbDatastore().isAlive()))
                .containsOnly(true);
    }

    @ParameterizedTest
    @FieldSource("WRONG_TOKENS")
    void nothing_is_done_for_a_wrong_token(String token) {
        String before = projects();

        List<String> faults = operations.stream()
                .map(operation -> RandomRequest.withoutParameters(operation, gateway.getPath(), token))
                .filter(request ->
                        answer(request).filter(answer -> answer.status() == 401).isEmpty())
                .map(FuzzIT::head)
                .toList();

        assertThat(faults).isEmpty();
        assertThat(projects()).isEqualTo(before);
    }

    private static Optional<String> fault(RandomRequest request) {
        return answer(request)
                .map(answer -> Answers.fault(request.operation(), answer))
                .orElse(Optional.of("no answer within 10 s"))
                .map(fault -> fault + "\n    to " + head(request));
    }

    private static Optional<RawRequest> answer(RandomRequest request) {
        try {
            return Optional.of(RawRequest.send(gateway, request.text()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String head(RandomRequest request) {
        String text = request.text().replace("\r\n", " | ").replaceAll("[^ -~]", "?");
        return text.substring(0, Math.min(600, text.length()));
    }

    private static String projects() {
        return installation
                .client()
                .get("/api/configuration-service/v1/project")
                .asString();
    }

    private static void createProject(String project) {
        String path = "/api/configuration-service/v1/project";
        post(path, Map.of("projectName", project, "stages", List.of(Map.of("stageName", "dev"))));
        post(path + "/" + project + "/stage/dev/service", Map.of("serviceName", "carts"));
    }

    private static void post(String path, Map<String, ?> body) {
        installation
                .client()
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(204);
    }
}
