package org.keptnative.configuration.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import org.eclipse.jgit.util.FileUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.files.FileStore;
import org.keptnative.configuration.store.StoreOfRecord;
import org.keptnative.configuration.transfer.ImportFolder.Candidate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Moves projects into this installation and out of it, in a folder of its own, which a crash leaves to the next start. */
@Singleton
class Moving {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProjectStore projects;
    private final ProjectImport projectImport;
    private final ProjectExport projectExport;
    private final StoreOfRecord store;
    private final Path directory;
    private final long maxBytes;
    private final Semaphore turn = new Semaphore(1);

    Moving(
            ProjectStore projects,
            ProjectImport projectImport,
            ProjectExport projectExport,
            StoreOfRecord store,
            @ConfigProperty(name = "configuration.data-dir") Path directory,
            @ConfigProperty(name = "configuration.import-max-size") MemorySize maxSize) {
        this.projects = projects;
        this.projectImport = projectImport;
        this.projectExport = projectExport;
        this.store = store;
        this.directory = directory;
        this.maxBytes = maxSize.asLongValue();
    }

    /** Writes what becomes of each project, a line each as soon as it is known, and a summary. */
    interface Import extends AutoCloseable {

        void run(OutputStream report) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Takes the archive in. Nothing is changed yet.
     *
     * @param move whether this store, unless it counts already, is to have just these projects, and to count when it has
     *     all of them
     * @throws ApiException 4xx, when it is none that can be imported; 503, while another import is going on
     */
    Import prepare(InputStream archive, boolean dryRun, boolean move) throws IOException {
        if (!turn.tryAcquire()) {
            throw new ApiException(503, "another import is going on");
        }
        Path folder = null;
        try {
            folder = FileStore.newWorkspace(directory);
            Unpacker unpacker = new Unpacker(folder, maxBytes);
            unpacker.unpack(archive);
            ImportFolder brought = new ImportFolder(folder, unpacker);
            if (move && brought.isPart()) {
                throw ApiException.badRequest("this is an export of one project, and a move leaves all others behind:"
                        + " export all projects, or import this one without a move");
            }
            List<Candidate> candidates = brought.candidates();
            if (candidates.isEmpty()) {
                throw ApiException.badRequest(
                        "there is no project in it: neither a folder with .git, alone or in config,"
                                + " nor projects/NAME/" + ProjectExport.HISTORY);
            }
            return prepared(candidates, dryRun, move, folder);
        } catch (IOException | RuntimeException e) {
            end(folder);
            throw e;
        }
    }

    private Import prepared(List<Candidate> candidates, boolean dryRun, boolean move, Path folder) {
        return new Import() {
            @Override
            public void run(OutputStream report) throws IOException {
                boolean replaces = move && store.isAnother();
                if (replaces && !dryRun) {
                    // From before another one came to count: nobody has been shown it since.
                    projects.names().forEach(projects::delete);
                }
                List<Outcome> outcomes = new ArrayList<>();
                for (Candidate candidate : candidates) {
                    Outcome outcome = projectImport.run(candidate, dryRun, replaces);
                    outcomes.add(outcome);
                    write(report, outcome);
                }
                if (move && !dryRun && outcomes.stream().noneMatch(Outcome::isRefused)) {
                    store.claim();
                }
                write(report, Outcome.summary(outcomes, dryRun));
            }

            @Override
            public void close() throws IOException {
                end(folder);
            }
        };
    }

    /**
     * @param project null for all
     * @throws org.keptnative.configuration.git.GitException 404, when there is no such project
     */
    List<GitProject> toExport(String project) {
        return project == null ? projects.all() : List.of(projects.get(Names.checkProject(project)));
    }

    void export(List<GitProject> some, boolean isPart, boolean credentials, OutputStream archive) throws IOException {
        Path scratch = FileStore.newWorkspace(directory);
        try {
            projectExport.write(some, isPart, credentials, scratch, archive);
        } finally {
            delete(scratch);
        }
    }

    private void end(Path folder) throws IOException {
        turn.release();
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    }

    private static void write(OutputStream report, Outcome outcome) throws IOException {
        report.write((line(outcome) + "\n").getBytes(StandardCharsets.UTF_8));
        report.flush();
    }

    private static String line(Outcome outcome) throws JsonProcessingException {
        return JSON.writeValueAsString(outcome);
    }
}
