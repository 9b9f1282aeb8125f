package org.keptnative.e2e.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.git.GitCommand;
import org.keptnative.e2e.installation.Installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An installation of Keptn 0.7.3 moves in, out and in again; each answer of the original is compared with ours. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT extends ImportFixture {

    private static final Map<String, String> ORIGINAL =
            Map.of("FROM", Moves.original().toString());

    private static Moves moves;
    private static String imported;

    /** All answers that are compared, after the import. */
    private static Map<String, String> answers;

    @TempDir
    Path folder;

    @BeforeAll
    static void moveIn() throws Exception {
        installation = Installation.start(Map.of());
        moves = new Moves(installation);
        String dryRun = moves.importAll(Map.of("FROM", Moves.original().toString(), "DRY_RUN", "yes"));
        assertThat(dryRun).contains("3 projects importable", "139 events new", "nothing has been changed");
        assertThat(Expected.items(pages(CONFIGURATION, "projects"), "projects")).isEmpty();
        imported = moves.importAll(ORIGINAL);
        answers = answers();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    @Order(1)
    void theReportSaysWhatWasMoved() {
        assertThat(imported)
                .contains("3 projects imported with 68 commits", "139 events new, 31 there already")
                .doesNotContain("left out, ");
    }

    @Test
    @Order(1)
    void projectsStagesAndServicesAreThoseOfTheOriginal() {
        JsonNode expected = Expected.of("projects");
        assertSame(expected.path("projects"), pages(CONFIGURATION, "projects"), "projects");
        assertThat(answer(CONFIGURATION + "/scratch").statusCode()).isEqualTo(404);
        expected.path("project").properties().forEach(project -> {
            String path = CONFIGURATION + "/" + project.getKey();
            assertSame(project.getValue().path("get"), path);
            assertSame(project.getValue().path("stages"), pages(path + "/stage", "stages"), "stages");
            assertSame(project.getValue().path("services"), pages(path + "/service", "services"), "services");
            project.getValue().path("stage").properties().forEach(stage -> {
                String stagePath = path + "/stage/" + stage.getKey();
                assertSame(stage.getValue().path("get"), stagePath);
                assertSame(stage.getValue().path("services"), pages(stagePath + "/service", "services"), "services");
                stage.getValue().path("service").properties().forEach(service -> {
                    String servicePath = stagePath + "/service/" + service.getKey();
                    assertSame(service.getValue().path("get"), servicePath);
                    assertSame(
                            service.getValue().path("approvals"),
                            pages(servicePath + "/approval", "approvals"),
                            "approvals");
                    assertSame(
                            service.getValue().path("remediations"),
                            pages(servicePath + "/remediation", "remediations"),
                            "remediations");
                });
            });
        });
    }

    /**
     * Documented differences: files are listed in the order of Git, where {@code carts-db} comes before {@code carts/}. Of
     * an unpacked chart the bytes of the archive differ with each reading; its files do not.
     */
    @Test
    @Order(1)
    void filesAreThoseOfTheOriginal() {
        Expected.of("resources").properties().forEach(project -> {
            String path = CONFIGURATION + "/" + project.getKey();
            assertFiles(project.getValue().path("project"), path);
            project.getValue().path("stage").properties().forEach(stage -> {
                String stagePath = path + "/stage/" + stage.getKey();
                assertFiles(stage.getValue(), stagePath);
                stage.getValue()
                        .path("service")
                        .properties()
                        .forEach(service -> service.getValue().properties().forEach(file -> {
                            String filePath = stagePath + "/service/" + service.getKey() + "/resource/"
                                    + file.getKey().replace("/", "%2F");
                            if (file.getValue().has("packedOnRead")) {
                                assertThat(unpacked(answer(filePath).path("resourceContent")))
                                        .isEqualTo(files(file.getValue().path("packedOnRead")));
                            } else {
                                assertSame(file.getValue(), filePath);
                            }
                        }));
            });
        });
    }

    /** HEAD, which says what the work tree was last switched to, means nothing in a repository without one. */
    @Test
    @Order(1)
    void theHistoryInGitIsThatOfTheOriginal() {
        Expected.of("git").properties().forEach(project -> {
            Path repository = installation.folder().resolve("config").resolve(project.getKey() + ".git");
            JsonNode expected = project.getValue();
            assertThat(GitCommand.git(
                                    repository, "log", "--branches", "--tags", "--format=%H%x09%an%x09%ae%x09%at%x09%s")
                            .lines())
                    .containsExactlyInAnyOrderElementsOf(texts(expected.path("log")));
            assertThat(GitCommand.git(repository, "for-each-ref", "--format=%(refname)%09%(objectname)", "refs/heads")
                            .lines())
                    .containsExactlyElementsOf(texts(expected.path("refs")));
            expected.path("trees")
                    .properties()
                    .forEach(branch -> assertThat(GitCommand.git(repository, "ls-tree", "-r", branch.getKey())
                                    .lines())
                            .containsExactlyElementsOf(texts(branch.getValue())));
            GitCommand.fsck(repository);
        });
    }

    /**
     * Documented differences: an event that was delivered twice is there once; the order is that of instants, not of
     * texts, and within a millisecond that of arrival; {@code nextPageKey} is absent on the last page, and
     * {@code totalCount} always there.
     */
    @Test
    @Order(1)
    void eventsAreThoseOfTheOriginal() {
        Expected.of("events")
                .properties()
                .forEach(project -> assertEvents(project.getValue(), eventPages("project=" + project.getKey())));
        Expected.of("root-events")
                .properties()
                .forEach(project ->
                        assertEvents(project.getValue(), eventPages("root=true&project=" + project.getKey())));
        Expected.of("events-by-context")
                .properties()
                .forEach(context -> assertEvents(context.getValue(), eventPages("keptnContext=" + context.getKey())));
        assertEvents(Expected.of("unmapped-events"), eventPages(""));
        Expected.of("events-by-type")
                .properties()
                .forEach(project -> project.getValue().properties().forEach(type -> {
                    String path =
                            EVENTS + "/type/" + type.getKey() + "?limit=100&filter=data.project:" + project.getKey();
                    assertEvents(list(type.getValue().path("all")), list(json(path)));
                    assertEvents(
                            list(type.getValue().path("excludeInvalidated")),
                            list(json(path + "&excludeInvalidated=true")));
                }));
    }

    @Test
    @Order(2)
    void nothingWasDelivered() {
        // Whatever the first follower had been told, it would have said so in the services' last events.
        JsonNode followers = json(installation.mongodbDatastoreUrl() + "/follower");
        followers.path("body").path("followers").forEach(follower -> {
            assertThat(follower.path("pending").asInt()).isZero();
            assertThat(follower.path("parked").asInt()).isZero();
        });
    }

    @Test
    @Order(3)
    void aRepetitionChangesNothing() throws Exception {
        String again = moves.importAll(ORIGINAL);
        assertThat(again).contains("0 projects imported", "3 imported before", "0 events new");
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    @Order(4)
    void whatIsExportedAndDeletedComesBackTheSame() throws Exception {
        Path export = folder.resolve("export");
        assertThat(moves.exportAll(export)).contains("120 events", "16 events", "2 events");
        Path bundle = export.resolve("projects/sockshop/history.bundle");
        assertThat(bundle).exists();
        deleteAll();
        Path elsewhere = Files.move(bundle, folder.resolve("history.bundle"));
        assertThat(moves.refusal(export)).contains("sockshop/history.bundle is missing");
        assertThat(moves.refusal(export.resolve("projects"))).contains("is neither an export");
        Files.move(elsewhere, bundle);

        String again = moves.importAll(Map.of("FROM", export.toString()));

        assertThat(again).contains("3 projects imported with 68 commits");
        assertThat(answers()).isEqualTo(answers);
    }

    /** Whoever is killed, at whatever moment: once the import is through, all is as it was without that. */
    @Test
    @Order(5)
    void anImportThatIsKilledAgainAndAgainEndsTheSame() throws Exception {
        deleteAll();
        Map<String, String> slow = new TreeMap<>(ORIGINAL);
        slow.put("PORTION_LINES", "7");
        for (int round = 0; round < 4; round++) {
            Path output = folder.resolve("output-" + round);
            Process running = moves.startImport(slow, output);
            String moment = List.of("Events:", "sockshop.jsonl:", "Projects:", "sockshop: imported")
                    .get(round);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !running.isAlive() || Files.readString(output).contains(moment));
            switch (round) {
                case 0 -> {
                    installation.mongodbDatastore().kill();
                    installation.mongodbDatastore().start();
                    installation.mongodbDatastore().awaitReady();
                }
                case 2 -> {
                    installation.configurationService().kill();
                    installation.configurationService().start();
                    installation.configurationService().awaitReady();
                }
                default -> kill(running);
            }
            if (round != 0) { // there it waits for the service, and goes on
                kill(running);
            }
            running.waitFor(3, TimeUnit.MINUTES);
            running.destroyForcibly().waitFor();
        }

        moves.importAll(slow);

        assertThat(answers()).isEqualTo(answers);
        try (Stream<Path> files = Files.list(installation.folder().resolve("config"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".unfinished"));
        }
    }

    @Test
    @Order(6)
    void aVolumeAndALiveDatabaseGiveTheSame() throws Exception {
        deleteAll();
        Path volume = Files.createDirectory(folder.resolve("volume"));
        assertThat(new ProcessBuilder("tar", "-xzf", Moves.original() + "/config.tar.gz", "-C", volume.toString())
                        .start()
                        .waitFor())
                .isZero();
        String name = "keptn-0-7-" + installation.folder().getFileName();
        try (MongoClient client = MongoClients.create(installation.mongodbUrl())) {
            MongoDatabase database = client.getDatabase(name);
            try (Stream<Path> files = Files.list(Moves.original().resolve("mongodb"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    database.getCollection(file.getFileName().toString().replace(".jsonl", ""))
                            .insertMany(Files.readAllLines(file).stream()
                                    .map(Document::parse)
                                    .toList());
                }
            }

            String report = moves.importAll(Map.of(
                    "FROM_CONFIG",
                    volume.resolve("config").toString(),
                    "FROM_MONGODB",
                    installation.mongodbUrl() + "/" + name));

            database.drop();
            assertThat(report).contains("3 projects imported with 68 commits");
        }
        assertThat(answers()).isEqualTo(answers);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Commands of the API, so that events and credentials go as well. */
    private static void deleteAll() {
        for (String project : List.of("sockshop", "podtato", "easytravel")) {
            installation
                    .client()
                    .header("Prefer", "wait=20")
                    .delete("/api/v1/project/" + project)
                    .then()
                    .statusCode(204);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Expected.items(pages(CONFIGURATION, "projects"), "projects")
                        .isEmpty());
    }

    // ---- comparing
}
