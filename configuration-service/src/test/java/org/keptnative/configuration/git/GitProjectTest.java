package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.keptnative.configuration.git.GitCommand.git;

class GitProjectTest extends GitProjectFixture {

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
        closeAndCheck(repository("sockshop"));
    }

    @Test
    void the_commits_are_of_whom_the_settings_name() throws IOException {
        store.close();
        WriteSettings settings =
                new WriteSettings(new Identity("Zoë of Ops", "ops@example.org"), WriteSettings.DEFAULT.deadline(), 10);
        store = new ProjectStore(kind.open(directory), Publications.LOCAL, settings);

        create("signed", "dev");
        put(store.get("signed"), "dev", "a", "x");

        assertThat(git(repository("signed"), "log", "--all", "--format=%an <%ae> %cn <%ce>")
                        .lines())
                .hasSizeGreaterThan(2)
                .containsOnly("Zoë of Ops <ops@example.org> Zoë of Ops <ops@example.org>");
    }

    @Test
    void a_failed_creation_leaves_nothing() {
        assertThatThrownBy(() -> store.create("failing", Publications.LOCAL, project -> {
                    fill(project, List.of("dev"));
                    throw GitException.invalid("no");
                }))
                .isInstanceOf(GitException.class);

        assertThat(store.exists("failing")).isFalse();
        await().untilAsserted(() -> assertThat(kept()).isEmpty());
        create("failing", "dev");
        assertThat(store.exists("failing")).isTrue();
    }

    @Test
    void a_deleted_project_is_gone_and_its_name_is_free() {
        create("gone", "dev");
        GitProject former = store.get("gone");

        assertThat(store.delete("gone")).containsKeys("refs/heads/master", "refs/heads/dev");

        assertThat(store.exists("gone")).isFalse();
        await().untilAsserted(() -> assertThat(kept()).isEmpty());
        assertThatThrownBy(() -> put(former, "dev", "a", "x")).isInstanceOf(GitException.class);
        create("gone", "prod");
        assertThat(store.stages("gone")).containsExactly("prod");
    }

    @Test
    void stages_are_created_and_deleted_together_with_their_order() throws IOException {
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
        closeAndCheck(repository("ordered"));
    }

    @Test
    void a_page_of_a_listing_is_a_part_of_the_whole() {
        create("listed", "dev");
        GitProject project = store.get("listed");
        for (String path : List.of("b/2/y", "a", "b/1", "b/2/x", "b.txt", "b/10/z", "c/d/e/f")) {
            put(project, "dev", path, "x");
        }
        Snapshot dev = project.stage("dev").orElseThrow();

        for (String folder : List.of("", "b", "b/2", "none", "a")) {
            List<Snapshot.File> all = dev.files(folder);
            assertThat(dev.count(folder)).isEqualTo(all.size());
            for (int from = 0; from <= all.size(); from++) {
                for (int to = from; to <= all.size(); to++) {
                    assertThat(dev.files(folder, from, to - from)).isEqualTo(all.subList(from, to));
                }
            }
        }
    }

    @Test
    void of_two_changes_where_one_is_a_folder_of_the_other_the_file_is_named() {
        create("both", "dev");
        GitProject project = store.get("both");

        for (List<String> paths : List.of(List.of("a/b", "a/b/c/d"), List.of("a/b/c/d", "a/b"))) {
            assertThatThrownBy(() -> project.write(draft -> {
                        TreeEdit edit = new TreeEdit();
                        paths.forEach(path -> edit.put(path, draft.add(new byte[0])));
                        return draft.commit("dev", edit, "both");
                    }))
                    .isInstanceOf(GitException.class)
                    .hasMessageStartingWith("'a/b' is a ");
        }
    }
}
