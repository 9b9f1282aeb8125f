package org.keptnative.e2e.git;

import org.keptnative.configuration.git.GitCommand;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.keptnative.configuration.git.GitCommand.git;

/** A person with Git in front of an installation. */
public final class GitUser {

    private static final String ROOT = "/api/configuration-service/git/";
    private static final int MIB = 1 << 20;

    private final Installation installation;
    private final Path folder;

    /** @param folder for clones */
    public GitUser(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
    }

    /** The address of a project, with the token in it as README shows it. */
    String url(String project) {
        return bareUrl(project).replace("://", "://keptn:" + installation.token() + "@");
    }

    String bareUrl(String project) {
        return installation.gateway().url() + ROOT + project + ".git";
    }

    /** @param options of {@code git clone} */
    public Path clone(String project, String... options) {
        Path clone = folder.resolve("clone-" + System.nanoTime());
        List<String> arguments = new ArrayList<>(List.of("clone", "--quiet"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(url(project), clone.toString()));
        git(folder, arguments.toArray(String[]::new));
        git(clone, "config", "user.name", "somebody");
        git(clone, "config", "user.email", "somebody@example.com");
        return clone;
    }

    /** The commit at which a branch is. */
    String head(String project, String branch) {
        return git(folder, "ls-remote", url(project), "refs/heads/" + branch).split("\t")[0];
    }

    static void commit(Path clone, String branch, String file, byte[] content) {
        git(clone, "switch", "--quiet", branch);
        try {
            Path path = clone.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "-m", "Change " + file);
    }

    /** What no compression makes smaller. */
    static byte[] random(int mib) {
        byte[] content = new byte[mib * MIB];
        new Random(mib).nextBytes(content);
        return content;
    }

    /** Until nobody else is faster. */
    static void push(Path clone) {
        for (int attempt = 0; !GitCommand.tryGit(clone, "push", "--quiet"); attempt++) {
            if (attempt == 100) {
                throw new AssertionError("somebody else was always faster");
            }
            git(clone, "pull", "--quiet", "--rebase");
        }
    }
}
