package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.keptnative.configuration.git.GitCommand.git;

/** Brings a repository, wherever it is kept, to where the real Git can look at it. */
public final class BareCopy {

    private BareCopy() {}

    public static Path of(GitProject project, Path directory) {
        try (Repository repository = project.repository().open()) {
            Path folder = Files.createTempDirectory(directory, "copy");
            Path bundle = folder.resolve("bundle");
            try (OutputStream out = Files.newOutputStream(bundle)) {
                BundleWriter writer = new BundleWriter(repository);
                for (Ref ref : repository.getRefDatabase().getRefs()) {
                    if (!ref.isSymbolic()) {
                        writer.include(ref);
                    }
                }
                writer.writeBundle(NullProgressMonitor.INSTANCE, out);
            }
            Path copy = folder.resolve(project.name() + ".git");
            git(folder, "clone", "--quiet", "--mirror", bundle.toString(), copy.toString());
            git(copy, "symbolic-ref", "HEAD", "refs/heads/master");
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
