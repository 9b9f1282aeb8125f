package org.keptnative.configuration.git;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "z9", "sockshop", "a-b", "a--b", "dev-1", "master-2"})
    void accepts_projects_and_stages(String name) {
        assertThat(Names.checkProject(name)).isEqualTo(name);
        assertThat(Names.checkStage(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "A",
                "aB",
                "1a",
                "-a",
                "a-",
                "a_b",
                "a.b",
                ".",
                "..",
                "../x",
                "a/b",
                "a\\b",
                "a b",
                "a\n",
                "a\0",
                "ä",
                ".git",
                "a%2Fb",
                "a:b",
                "~",
                "HEAD",
                "refs/heads/x"
            })
    void refuses_projects_and_stages(String name) {
        assertThatThrownBy(() -> Names.checkProject(name)).isInstanceOf(GitException.class);
        assertThatThrownBy(() -> Names.checkStage(name)).isInstanceOf(GitException.class);
    }

    @Test
    void the_branch_of_the_project_is_no_stage() {
        assertThat(Names.isProject("master")).isTrue();
        assertThat(Names.isStage("master")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"carts", "Carts", "carts db", "carts.v2", "a", "1", "Käse", "a+b", "a%2Fb", "x.git", "a#b"})
    void accepts_services(String name) {
        assertThat(Names.checkService(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".git",
                ".hidden",
                "-x",
                "a/b",
                "a>b",
                "a<b",
                "a|b",
                "a:b",
                "a&b",
                "a\\b",
                "a\0b",
                "a\nb",
                "a\u007fb",
                "a\u0085b",
                "\ud800",
                "metadata.yaml/../x"
            })
    void refuses_services(String name) {
        assertThatThrownBy(() -> Names.checkService(name)).isInstanceOf(GitException.class);
    }

    @Test
    void names_have_a_longest_length() {
        assertThat(Names.isProject("a".repeat(200))).isTrue();
        assertThat(Names.isProject("a".repeat(201))).isFalse();
        assertThat(Names.isService("ä".repeat(100))).isTrue();
        assertThat(Names.isService("ä".repeat(101))).isFalse();
    }
}
