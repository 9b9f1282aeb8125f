package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.GitException.Reason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What writers see while publication hangs, fails or loses races. */
class CommitQueueTest extends GitProjectFixture {

    private static final int LIMIT = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Publications publications = Publications.LOCAL;
    private GitProject project;

    @BeforeEach
    void createProject() throws IOException {
        create("queue", "dev");
        store.close();
        store = new ProjectStore(
                kind.open(directory),
                any -> draft -> {
                    asked.incrementAndGet();
                    return publications.of(any).publish(draft);
                },
                new WriteSettings(Identity.KEPTN, Duration.ofSeconds(2), LIMIT));
        project = store.get("queue");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void a_hanging_publication_holds_no_writer_beyond_its_deadline() {
        CountDownLatch release = hang();

        assertThatThrownBy(() -> put(project, "dev", "a", "x"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY))
                .hasMessageContaining("may still be made");

        release.countDown();
        await().until(() -> project.stage("dev").orElseThrow().files("").size() == 2);
    }

    @Test
    void whoever_leaves_the_queue_in_time_changes_nothing() {
        CountDownLatch release = hang();
        Future<?> first = threads.submit(() -> put(project, "dev", "first", "x"));
        await().until(() -> asked.get() == 1);

        assertThatThrownBy(() -> put(project, "dev", "second", "x")).hasMessageContaining("nothing was changed");

        release.countDown();
        assertThat(put(project, "dev", "third", "x")).hasSize(40);
        assertThat(first).isNotNull();
        assertThat(project.stage("dev").orElseThrow().files("").stream().map(Snapshot.File::path))
                .contains("first", "third")
                .doesNotContain("second");
    }

    @Test
    void more_than_the_limit_are_refused_at_once() {
        CountDownLatch release = hang();
        threads.submit(() -> put(project, "dev", "first", "x"));
        await().until(() -> asked.get() == 1);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 3 * LIMIT; i++) {
            String path = "file" + i;
            waiting.add(threads.submit(() -> put(project, "dev", path, "x")));
        }

        await().untilAsserted(() ->
                assertThat(waiting.stream().filter(Future::isDone)).hasSizeGreaterThanOrEqualTo(2 * LIMIT));

        release.countDown();
    }

    @Test
    void a_network_that_fails_fails_all_that_wait_at_once() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        publications = any -> draft -> {
            uninterruptibly(release);
            throw new GitException(Reason.UPSTREAM_UNREACHABLE, "no route");
        };
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            String path = "file" + i;
            writers.add(threads.submit(() -> put(project, "dev", path, "x")));
        }
        await().until(() -> asked.get() == 1);
        release.countDown();

        for (Future<?> writer : writers) {
            assertThatThrownBy(writer::get).hasRootCauseMessage("no route");
        }
        assertThat(asked.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_lost_race_is_tried_again_on_the_newer_state() {
        AtomicInteger lost = new AtomicInteger(3);
        publications = any -> draft -> lost.getAndDecrement() <= 0 && any.publish(draft);

        assertThat(put(project, "dev", "a", "x")).hasSize(40);
        assertThat(asked).hasValue(4);
    }

    @Test
    void what_is_refused_leaves_nothing_on_the_disk() throws IOException {
        long before = size();
        publications = any -> draft -> {
            throw new GitException(Reason.UPSTREAM_DECLINED, "no");
        };

        assertThatThrownBy(() -> put(project, "dev", "large", "x".repeat(1 << 20)))
                .hasMessage("no");

        assertThat(size()).isEqualTo(before);
    }

    @Test
    void a_batch_waits_for_the_writers_of_the_last_one() throws Exception {
        int writers = 3;
        List<Integer> batches = new CopyOnWriteArrayList<>();
        AtomicInteger applied = new AtomicInteger();
        CommitQueue queue = new CommitQueue(
                () -> new Draft(project.repository().open(), new TreeCache(1 << 20), Identity.KEPTN),
                draft -> {
                    pause(1_000); // half of it the next batch waits
                    batches.add(applied.getAndSet(0));
                    return true;
                },
                threads,
                LIMIT,
                Duration.ofMinutes(1));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int late = 100 * i;
            all.add(threads.submit(() -> {
                for (int round = 0; round < 5; round++) {
                    queue.write(draft -> applied.incrementAndGet(), null, Duration.ofMinutes(1));
                    pause(late);
                }
            }));
        }
        for (Future<?> writer : all) {
            writer.get();
        }

        // Else the first that comes again would make a batch of its own each time.
        assertThat(batches.stream().filter(size -> size == writers)).hasSizeGreaterThanOrEqualTo(3);
    }

    private CountDownLatch hang() {
        CountDownLatch release = new CountDownLatch(1);
        publications = any -> draft -> {
            uninterruptibly(release);
            return any.publish(draft);
        };
        return release;
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
