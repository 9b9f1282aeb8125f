package org.keptnative.configuration.git.files;

import org.eclipse.jgit.internal.storage.commitgraph.CommitGraphWriter;
import org.eclipse.jgit.internal.storage.commitgraph.GraphCommits;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/** What walks over many commits need of each of them, and which paths it may have changed, in one file. */
final class CommitGraphFile {

    private CommitGraphFile() {}

    /** Of all branches as they are now; later commits are read as ever. */
    static void write(FileRepository repository) throws IOException {
        Set<ObjectId> heads = new HashSet<>();
        for (Ref branch : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
            heads.add(branch.getObjectId());
        }
        EmptyProgressMonitor untilStopped = new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                return Thread.currentThread().isInterrupted();
            }
        };
        Path folder = repository.getObjectDatabase().getDirectory().toPath().resolve("info");
        if (Files.notExists(folder)) {
            Files.createDirectory(folder); // and none above: a project that was deleted meanwhile stays so
        }
        Path unfinished = Leftovers.newFile(folder, "graph");
        try (RevWalk walk = new RevWalk(repository)) {
            GraphCommits commits = GraphCommits.fromWalk(untilStopped, heads, walk);
            PackFiles.write(unfinished, out -> new CommitGraphWriter(commits, true).write(untilStopped, out));
            Files.move(unfinished, folder.resolve("commit-graph"), StandardCopyOption.ATOMIC_MOVE);
            PackFiles.fsync(folder);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
