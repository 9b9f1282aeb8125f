package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.keptnative.configuration.git.GitCommand.git;

class ConcurrentWritersTest extends GitProjectFixture {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
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
        closeAndCheck(repository("busy"));
    }

    @Test
    void two_processes_lose_nothing_either() throws Exception {
        create("shared", "dev");
        ProjectStore other = new ProjectStore(kind.open(directory), Publications.LOCAL);
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
        closeAndCheck(repository("shared"));
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
                assertThatThrownBy(write::get).hasCauseInstanceOf(GitException.class);
            }
        }
        assertThat(project.stage("dev").orElseThrow().files("")).hasSize(6);
    }

    @Test
    void of_many_who_create_the_same_project_one_succeeds() throws Exception {
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                create("wanted", "dev");
                                return true;
                            } catch (GitException e) {
                                assertThat(e).hasMessage("Project already exists");
                                return false;
                            }
                        },
                        threads))
                .toList();

        assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(store.stages("wanted")).containsExactly("dev");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
