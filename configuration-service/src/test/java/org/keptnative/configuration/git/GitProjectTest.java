package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.fsck;
import static org.keptnative.configuration.git.GitCommand.git;

@Timeout(120)
class GitProjectTest {

    @TempDir
    Path directory;

    private ProjectStore store;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        store = new ProjectStore(directory, any -> Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void a_clone_shows_the_layout() throws IOException {
        create("sockshop", "dev", "prod");
        GitProject project = store.get("sockshop");
        project.write(draft -> {
            Layout.addService(draft, "dev", "carts", Instant.now());
            return null;
        });

        Path clone = directory.resolve("clone");
        git(directory, "clone", "--quiet", repository("sockshop").toString(), clone.toString());

        assertThat(git(clone, "branch", "--remotes", "--format=%(refname:lstrip=3)")
                        .lines())
                .containsExactlyInAnyOrder("HEAD", "dev", "master", "prod");
        assertThat(Files.readString(clone.resolve("metadata.yaml")))
                .contains("projectname:", "sockshop", "creationtimestamp:");
        assertThat(clone.resolve("shipyard.yaml")).hasContent("stages: []");
        git(clone, "checkout", "--quiet", "dev");
        assertThat(Files.readString(clone.resolve("carts/metadata.yaml"))).contains("servicename:", "carts");
        assertThat(clone.resolve("metadata.yaml")).exists();
        assertThat(clone.resolve("shipyard.yaml")).doesNotExist();
        assertThat(git(clone, "log", "-1", "--format=%an <%ae> %s"))
                .isEqualTo("keptn <keptn@keptn.com> Added service: carts");
        fsck(repository("sockshop"));
    }

    @Test
    void fifty_writers_lose_nothing() throws Exception {
        create("busy", "dev");
        GitProject project = store.get("busy");
        CountDownLatch start = new CountDownLatch(1);

        List<Future<String>> writers = IntStream.range(0, 50)
                .mapToObj(i -> threads.submit(() -> {
                    start.await();
                    return put(project, "dev", "file" + i, "content " + i);
                }))
                .toList();
        start.countDown();
        List<String> commits = new ArrayList<>();
        for (Future<String> writer : writers) {
            commits.add(writer.get());
        }

        assertThat(commits).doesNotHaveDuplicates();
        assertThat(git(repository("busy"), "log", "--format=%H", "dev").lines()).containsAll(commits);
        assertThat(git(repository("busy"), "log", "--merges", "--format=%H", "dev"))
                .isEmpty();
        assertThat(git(repository("busy"), "rev-list", "--count", "master..dev"))
                .isEqualTo("50");
        assertThat(project.stage("dev").orElseThrow().files("")).hasSize(51);
        fsck(repository("busy"));
    }

    @Test
    void two_processes_lose_nothing_either() throws Exception {
        create("shared", "dev");
        ProjectStore other = new ProjectStore(directory, any -> Optional.empty());
        try {
            List<Future<String>> writers = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(
                            () -> put((i % 2 == 0 ? store : other).get("shared"), "dev", "file" + i, "content " + i)))
                    .toList();
            for (Future<String> writer : writers) {
                writer.get();
            }
        } finally {
            other.close();
        }

        assertThat(git(repository("shared"), "rev-list", "--count", "master..dev"))
                .isEqualTo("40");
        fsck(repository("shared"));
    }

    @Test
    void nobody_waits_for_a_writer_but_the_writers_of_the_same_project() throws Exception {
        create("slow", "dev");
        create("quick", "dev");
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<?> slow = threads.submit(() -> store.get("slow").write(draft -> {
            working.countDown();
            await(release);
            return null;
        }));
        working.await();

        assertThat(store.get("slow").stage("dev").orElseThrow().files("")).hasSize(1);
        assertThat(put(store.get("quick"), "dev", "a", "x")).hasSize(40);
        Future<String> queued = threads.submit(() -> put(store.get("slow"), "dev", "a", "x"));
        assertThat(slow.isDone()).isFalse();

        release.countDown();
        slow.get();
        assertThat(queued.get()).hasSize(40);
    }

    @Test
    void a_refused_change_does_no_harm_to_those_that_wait_beside_it() throws Exception {
        create("mixed", "dev");
        GitProject project = store.get("mixed");
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> project.write(draft -> {
            working.countDown();
            await(release);
            return null;
        }));
        working.await();
        List<Future<String>> rest = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String path = i % 2 == 0 ? "file" + i : "metadata.yaml/below";
            rest.add(threads.submit(() -> put(project, "dev", path, "x")));
        }
        TimeUnit.MILLISECONDS.sleep(100);
        release.countDown();
        first.get();

        for (int i = 0; i < 10; i++) {
            Future<String> write = rest.get(i);
            if (i % 2 == 0) {
                assertThat(write.get()).hasSize(40);
            } else {
                assertThatThrownBy(write::get).hasCauseInstanceOf(ApiException.class);
            }
        }
        assertThat(project.stage("dev").orElseThrow().files("")).hasSize(6);
    }

    @Test
    void a_failed_creation_leaves_nothing() {
        assertThatThrownBy(() -> store.create("failing", null, project -> {
                    fill(project, List.of("dev"));
                    throw ApiException.badRequest("no");
                }))
                .isInstanceOf(ApiException.class);

        assertThat(store.exists("failing")).isFalse();
        assertThat(directory.toFile().list((folder, name) -> !name.equals(".lock")))
                .isEmpty();
        create("failing", "dev");
        assertThat(store.exists("failing")).isTrue();
    }

    @Test
    void of_many_who_create_the_same_project_one_succeeds() throws Exception {
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                create("wanted", "dev");
                                return true;
                            } catch (ApiException e) {
                                assertThat(e).hasMessage("Project already exists");
                                return false;
                            }
                        },
                        threads))
                .toList();

        assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(store.stages("wanted")).containsExactly("dev");
    }

    @Test
    void a_deleted_project_is_gone_and_its_name_is_free() {
        create("gone", "dev");
        GitProject former = store.get("gone");

        store.delete("gone");

        assertThat(store.exists("gone")).isFalse();
        assertThat(directory.toFile().list((folder, name) -> !name.equals(".lock")))
                .isEmpty();
        assertThatThrownBy(() -> put(former, "dev", "a", "x")).isInstanceOf(ApiException.class);
        create("gone", "prod");
        assertThat(store.stages("gone")).containsExactly("prod");
    }

    @Test
    void a_start_finishes_what_a_crash_interrupted() throws IOException {
        create("crashed", "dev");
        put(store.get("crashed"), "dev", "a", "x");
        Path repository = repository("crashed");
        store.close();
        Files.createDirectories(directory.resolve(".unfinished-1/objects"));
        Files.createFile(repository.resolve("refs/heads/dev.lock"));
        Files.createFile(repository.resolve("packed-refs.lock"));
        Files.createFile(repository.resolve("objects/noz123.tmp"));

        store = new ProjectStore(directory, any -> Optional.empty());

        assertThat(directory.resolve(".unfinished-1")).doesNotExist();
        assertThat(put(store.get("crashed"), "dev", "b", "x")).hasSize(40);
        assertThat(repository.resolve("objects/noz123.tmp")).doesNotExist();
    }

    @Test
    void an_abandoned_lock_stops_nobody_for_long() throws IOException {
        create("locked", "dev");
        Path lock = Files.createFile(repository("locked").resolve("refs/heads/dev.lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));

        assertThat(put(store.get("locked"), "dev", "a", "x")).hasSize(40);
    }

    @Test
    void stages_are_created_and_deleted_together_with_their_order() {
        create("ordered", "c", "a");
        GitProject project = store.get("ordered");
        for (String stage : List.of("z", "b")) {
            project.write(draft -> {
                Layout.addStage(draft, stage);
                return null;
            });
        }
        assertThat(project.stages()).containsExactly("c", "a", "z", "b");

        project.write(draft -> {
            Layout.removeStage(draft, "a");
            return null;
        });
        assertThat(project.stages()).containsExactly("c", "z", "b");
        put(project, "master", "shipyard.yaml", "stages:\n- name: b\n- name: never\n");
        assertThat(project.stages()).containsExactly("b", "c", "z");
        fsck(repository("ordered"));
    }

    @Test
    void the_configuration_of_the_user_is_not_read() throws IOException {
        create("alone");
        try (Stream<Path> files = Files.walk(repository("alone").resolve("hooks"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(org.eclipse.jgit.util.SystemReader.getInstance().getenv("GIT_DIR"))
                .isNull();
    }

    private Path repository(String project) {
        return directory.resolve(project + ".git");
    }

    private void create(String name, String... stages) {
        store.create(name, null, project -> fill(project, List.of(stages)));
    }

    private static void fill(GitProject project, List<String> stages) {
        project.write(draft -> {
            Layout.newProject(draft, project.name(), stages, "stages: []".getBytes(UTF_8));
            return null;
        });
    }

    static String put(GitProject project, String branch, String path, String content) {
        return project.write(draft -> draft.commit(
                branch, new TreeEdit().put(path, draft.add(project.blob(content.getBytes(UTF_8)))), "Updated " + path));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
