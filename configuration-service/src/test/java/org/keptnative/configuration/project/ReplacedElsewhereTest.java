package org.keptnative.configuration.project;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.Keptn;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.OnMongo;
import org.keptnative.configuration.git.GitCommand;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Publications;
import org.keptnative.configuration.git.mongodb.MongoStore;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** One replica deletes a project and makes it anew, again and again, while people use it at another one. */
@QuarkusTest
@TestProfile(OnMongo.class)
@WithTestResource(MongoTestResource.class)
@Timeout(180)
class ReplacedElsewhereTest {

    private static final String NAME = "restless";
    private static final String PROJECT = "/v1/project/" + NAME;
    private static final Pattern GONE = Pattern.compile("Project not found|want [0-9a-f]{40} not valid");
    private static final int ROUNDS = 25;

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "repositories.database")
    String database;

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void it_is_the_old_one_the_new_one_or_gone_and_nothing_breaks() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Future<List<String>>> users = new ArrayList<>();
        for (Supplier<HttpRequest> request : List.<Supplier<HttpRequest>>of(
                () -> get(PROJECT),
                () -> get("/v1/project"),
                () -> get(PROJECT + "/stage/dev/resource"),
                () -> get(PROJECT + "/stage/dev/resource/file"),
                () -> get(PROJECT + "/stage/dev/resource/file/history"),
                () -> post(PROJECT + "/stage", Map.of("stageName", "stage" + number.incrementAndGet())),
                () -> post(PROJECT + "/stage/dev/service", Map.of("serviceName", "s" + number.incrementAndGet())),
                () -> post(PROJECT + "/stage/dev/resource", Keptn.files(Keptn.file("file", "text " + number))))) {
            users.add(threads.submit(() -> use(request)));
        }
        Future<List<String>> clones = threads.submit(this::cloneAllTheTime);

        try (MongoStore other = new MongoStore(mongo.getDatabase(database))) {
            ProjectStore elsewhere = new ProjectStore(other, Publications.LOCAL);
            for (int round = 0; round < ROUNDS; round++) {
                create(elsewhere);
                TimeUnit.MILLISECONDS.sleep(50); // so that there is something to be caught amid
                if (round < ROUNDS - 1) {
                    elsewhere.delete(NAME);
                }
            }
            over.set(true);

            for (Future<List<String>> user : users) {
                assertThat(user.get()).isEmpty();
            }
            assertThat(clones.get()).isEmpty();
            elsewhere.close();
        }
        Path clone = temporary.resolve("last");
        assertThat(GitCommand.git(temporary, "clone", "--quiet", "--mirror", url(), clone.toString()))
                .isEmpty();
        GitCommand.fsck(clone);
    }

    private static void create(ProjectStore store) {
        store.create(
                NAME,
                Publications.LOCAL,
                project -> project.write(draft -> {
                    Layout.newProject(draft, NAME, List.of("dev"), "stages: []".getBytes(UTF_8));
                    return null;
                }));
    }

    /** @return the answers that are none */
    private List<String> use(Supplier<HttpRequest> requests) throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        while (!over.get()) {
            HttpRequest request = requests.get();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 500) {
                failures.add(answer + answer.body());
            }
        }
        return failures;
    }

    /** @return what Git says when it fails, unless it says that the project is gone */
    private List<String> cloneAllTheTime() {
        List<String> failures = new ArrayList<>();
        for (int i = 0; !over.get(); i++) {
            Path clone = temporary.resolve("clone" + i);
            Optional<String> refusal =
                    GitCommand.refusal(temporary, "clone", "--quiet", "--mirror", url(), clone.toString());
            if (refusal.isEmpty()) {
                GitCommand.fsck(clone);
            }
            refusal.filter(text -> !GONE.matcher(text).find()).ifPresent(failures::add);
        }
        return failures;
    }

    private static String url() {
        return "http://localhost:" + RestAssured.port + "/git/" + NAME + ".git";
    }

    private static HttpRequest get(String path) {
        return request(path).build();
    }

    private static HttpRequest post(String path, Map<?, ?> body) {
        try {
            return request(path)
                    .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body)))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Content-Type", "application/json");
    }
}
