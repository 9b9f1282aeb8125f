package org.keptnative.configuration.git;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keptnative.configuration.git.files.VanishedPacks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes read, write and merge packs in the same folder. */
@Timeout(180)
class SharedFolderTest extends GitProjectFixture {

    private static final List<String> PROJECTS = List.of("shop", "bank");

    private final VanishedPacks vanishedPacks = new VanishedPacks();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord log) {
            if (log.getLevel().intValue() >= Level.WARNING.intValue() && vanishedPacks.isLoggable(log)) {
                warnings.add(log.getLoggerName() + " " + log.getMessage() + " " + log.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private ProjectStore elsewhere;

    @BeforeEach
    void share() {
        PROJECTS.forEach(project -> create(project, "dev"));
        // Each opens its repositories again and again.
        elsewhere = new ProjectStore(kind.open(directory, 1), Publications.LOCAL);
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void stop() throws IOException {
        Logger.getLogger("").removeHandler(listener);
        threads.shutdownNow();
        elsewhere.close();
    }

    @Test
    void packs_that_the_other_one_has_merged_are_no_failure() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (ProjectStore process : List.of(store, elsewhere)) {
            for (String project : PROJECTS) {
                for (int number = 0; number < 2; number++) {
                    String folder = System.identityHashCode(process) + "-" + number + "/";
                    work.add(() -> write(process, project, folder));
                }
                work.add(() -> read(process, project));
            }
        }

        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }

        elsewhere.close();
        closeAndCheck(repository("shop"));
        assertThat(warnings).isEmpty();
    }

    private static Void write(ProjectStore process, String project, String folder) {
        for (int i = 0; i < 150; i++) {
            put(process.get(project), "dev", folder + i, "x".repeat(i));
        }
        return null;
    }

    private static Void read(ProjectStore process, String project) {
        for (int i = 0; i < 300; i++) {
            Snapshot dev = process.get(project).stage("dev").orElseThrow();
            assertThat(process.get(project)
                            .history(dev, "metadata.yaml", null, 20)
                            .commits())
                    .isNotEmpty();
        }
        return null;
    }
}
