package org.keptnative.configuration.transfer;

import org.keptnative.configuration.git.GitCommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A work tree as configuration-service of Keptn 0.7 leaves it, made by the real Git. */
final class Original {

    static final String METADATA_OF_PROJECT =
            "projectname: shop\ncreationtimestamp: 2020-09-01 10:00:00.470262029 +0000 UTC m=+1.859086471\n";
    static final String METADATA_OF_SERVICE =
            "servicename: carts\ncreationtimestamp: 2020-09-01 10:00:01.5 +0000 UTC m=+2.162770220\n";

    final Path folder;

    /** Of the stages dev and extra, the latter in no shipyard. */
    Original(Path folder) {
        this.folder = folder;
        create(folder);
        git("init", "-q", "-b", "master");
        commit("keptn <keptn@keptn.com>", "metadata.yaml", METADATA_OF_PROJECT);
        git("branch", "extra");
        git("checkout", "-q", "-b", "dev");
        commit("keptn <keptn@keptn.com>", "carts/metadata.yaml", METADATA_OF_SERVICE);
        commit("Jane Dœ <jane@example.com>", "carts/slo.yaml", "tight\n");
        git("checkout", "-q", "master");
        commit("keptn <keptn@keptn.com>", "shipyard.yaml", "stages:\n- name: dev\n");
        git("checkout", "-q", "dev");
    }

    String git(String... arguments) {
        return GitCommand.git(folder, arguments);
    }

    void commit(String author, String file, String content) {
        write(file, content);
        git("add", file);
        git(
                "-c",
                "user.name=keptn",
                "-c",
                "user.email=keptn@keptn.com",
                "commit",
                "-q",
                "--author",
                author,
                "--date",
                "2020-09-01T10:00:00Z",
                "-m",
                "Added " + file);
    }

    Path write(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Programs that Git would run in it. */
    void trap(Path trace) throws IOException {
        Path hook = write(".git/hooks/post-checkout", "#!/bin/sh\ntouch " + trace + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        git("config", "core.fsmonitor", hook.toString());
        git("config", "uploadpack.packObjectsHook", hook.toString());
        git("config", "include.path", "/etc/passwd");
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
