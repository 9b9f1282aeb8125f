package org.keptnative.configuration.transport;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.git;

/** A push that the API would not have made changes nothing and says why. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RefusedPushTest extends CloneFixture {

    @ConfigProperty(name = "configuration.data-dir")
    Path directory;

    @AfterEach
    void nothing_is_left_behind() throws IOException {
        Path objects = directory.resolve(project.replace("/v1/project/", "") + ".git/objects");
        try (Stream<Path> folders = Files.list(objects)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".unfinished"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--delete dev | dev is a stage, which a push cannot delete",
                "--delete master | master cannot be deleted",
                "origin/dev:refs/heads/feature | feature is no stage; to make it one, POST",
                "origin/master:refs/tags/dev | there is a branch dev; a tag of that name would hide it",
                "origin/dev:refs/notes/x | only branches and tags can be pushed",
                "origin/dev:refs/keptn/upstream | only branches and tags can be pushed",
                "--force origin/master:dev | non-fast-forward: the history of dev is kept",
                "--force origin/dev^{tree}:dev | non-fast-forward: the history of dev is kept",
            })
    void refs(String arguments, String reason) {
        Path clone = cloned();
        String before = git(clone, "ls-remote");

        assertThat(push(clone, arguments.split(" "))).contains(reason);

        assertThat(git(clone, "ls-remote")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev | carts/.gitmodules | # none | names a submodule file",
                "dev | carts/a\\b | x | contains a backslash or a control character",
                "dev | carts/a%2Fb%2F..%2Fc | x | must not contain two dots",
                "dev | con: | x | ",
                "master | shipyard.yaml | stages: [ | shipyard.yaml is no YAML: see line",
            })
    void files(String branch, String path, String content, String reason) {
        Path clone = cloned();
        commit(clone, branch, path, content);

        if (reason == null) {
            git(clone, "push", "--quiet");
        } else {
            refuse(clone, branch, reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"master, metadata.yaml, has to stay", "dev, carts/metadata.yaml, says that the service exists"})
    void metadata_has_to_stay(String branch, String path, String reason) {
        Path clone = cloned();
        git(clone, "switch", "--quiet", branch);
        git(clone, "rm", "--quiet", path);
        git(clone, "commit", "--quiet", "-m", "by hand");

        refuse(clone, branch, reason);
    }

    @Test
    void a_stage_has_to_stay() throws IOException {
        Path clone = cloned();
        git(clone, "switch", "--quiet", "master");
        Path metadata = clone.resolve("metadata.yaml");
        Files.writeString(metadata, Files.readString(metadata).replaceAll("(?m)^- .*prod.*\n", ""));
        commit(clone);

        refuse(clone, "master", "the stage prod must stay");
    }

    @Test
    void links() throws IOException {
        Path clone = cloned();
        git(clone, "switch", "--quiet", "dev");
        Files.createSymbolicLink(clone.resolve("link"), Path.of("/etc/passwd"));
        commit(clone);

        refuse(clone, "dev", "link is a symbolic link");
    }

    @Test
    void submodules() {
        Path clone = cloned();
        git(clone, "switch", "--quiet", "dev");
        git(clone, "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",module");
        git(clone, "commit", "--quiet", "-m", "by hand");

        refuse(clone, "dev", "module is a submodule");
    }

    @Test
    void a_tree_that_harms_who_checks_it_out() throws IOException {
        Path clone = cloned();
        String blob = git(clone, "rev-parse", "origin/dev:metadata.yaml");
        Path entries = Files.writeString(temporary.resolve("entries"), "100644 blob " + blob + "\t.GIT\n");
        String tree = run(clone, entries, "mktree");
        String commit = git(clone, "commit-tree", tree, "-p", "origin/dev", "-m", "harm");

        assertThat(push(clone, commit + ":dev")).contains("invalid name '.GIT'");
        assertThat(head(stage)).isEqualTo(git(clone, "rev-parse", "origin/dev"));
    }

    @Test
    void tags_are_kept() {
        Path clone = cloned();
        git(clone, "tag", "v1", "origin/dev");
        git(clone, "tag", "releases/1", "origin/dev");
        git(clone, "push", "--quiet", "--tags");

        assertThat(push(clone, "--force", "origin/master:refs/tags/v1")).contains("tags are kept as they are");
        assertThat(push(clone, "--delete", "v1")).contains("tags are kept as they are");
        git(clone, "tag", "-d", "releases/1");
        assertThat(push(clone, "origin/dev:refs/tags/releases"))
                .contains("there is refs/tags/releases/1, beside which");
        assertThat(git(clone, "ls-remote", "--tags", "origin").lines()).hasSize(2);
    }

    @Test
    void of_an_atomic_push_all_else_of_another_one_nothing_but_what_is_wrong() {
        Path clone = cloned();
        commit(clone, "dev", "a", "1");
        git(clone, "switch", "--quiet", "-c", "feature");

        assertThat(push(clone, "--atomic", "dev", "feature")).contains("feature is no stage");
        assertThat(head(stage)).isEqualTo(git(clone, "rev-parse", "origin/dev"));
        assertThat(push(clone, "dev", "feature")).contains("feature is no stage");
        assertThat(read("dev", "a")).isEqualTo(base64("1"));
    }

    @Test
    void what_is_not_up_to_date() {
        Path clone = cloned();
        write(stage, file("a", "1"));
        commit(clone, "dev", "b", "1");

        assertThat(push(clone, "dev")).contains("fetch first");
    }

    @Test
    void a_pack_that_is_no_pack() {
        String path = project.replace("/v1/project/", TransportRoutes.ROOT) + ".git/git-receive-pack";
        String command = "0".repeat(40) + " " + "1".repeat(40) + " refs/heads/dev\0 report-status\n";

        String answer = org.keptnative.configuration.Keptn.json()
                .contentType(GitService.RECEIVE_PACK.mediaType("request"))
                .body((String.format("%04x", command.length() + 4) + command + "0000PACKnonsense").getBytes(US_ASCII))
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer).contains("unpack error").contains("ng refs/heads/dev");
    }

    private void refuse(Path clone, String branch, String reason) {
        String before = git(clone, "rev-parse", "origin/" + branch);
        assertThat(push(clone, branch)).contains(reason);
        assertThat(git(clone, "ls-remote", "origin", branch)).startsWith(before);
    }

    private static String push(Path clone, String... arguments) {
        String[] all = Stream.of(List.of("push", "origin"), List.of(arguments))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return failingGit(clone, all);
    }

    private static String run(Path clone, Path input, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(clone.toFile())
                .redirectInput(input.toFile())
                .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
