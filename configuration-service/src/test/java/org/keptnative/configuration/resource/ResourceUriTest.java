package org.keptnative.configuration.resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.error.ApiException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResourceUriTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shipyard.yaml                | shipyard.yaml",
                "/shipyard.yaml               | shipyard.yaml",
                "%2Fshipyard.yaml             | shipyard.yaml",
                "%252Fshipyard.yaml           | shipyard.yaml",
                "jmeter/load.jmx              | jmeter/load.jmx",
                "jmeter%2Fload.jmx            | jmeter/load.jmx",
                "jmeter%2fload.jmx            | jmeter/load.jmx",
                "jmeter%252Fload.jmx          | jmeter/load.jmx",
                "a+b                          | a+b",
                "a%20b                        | a b",
                "a%252Fb%2520c                | a/b c",
                "100%25                       | 100%",
                ".gitignore                   | .gitignore",
                ".github/x                    | .github/x",
                "x.github.yaml                | x.github.yaml",
                "x.git                        | x.git",
                "git                          | git",
                "...                          | ...",
                "a%3Ab                        | a:b",
                "%C3%A4                       | \u00e4",
                "a%CC%88                      | a\u0308",
                "%F0%9F%98%80                 | \ud83d\ude00",
                "./slo.yaml                   | slo.yaml",
                "slo.yaml/                    | slo.yaml",
                "a//b                         | a/b",
                "a%2F%2Fb                     | a/b",
                "./a/./b                      | a/b",
                "%2e/a                        | a",
                ".%2Fa%2F.%2Fb%2F             | a/b",
                ".%252Fa%252F%252Fb           | a/b",
                "//a                          | a",
            })
    void a_request_path_means(String encoded, String path) {
        assertThat(ResourceUri.ofPath(encoded)).isEqualTo(path);
        assertThat(ResourceUri.candidates(encoded)).contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, a b",
        "/a/b, a/b",
        "a+b, a+b",
        "50%, 50%",
        "a%20b, a%20b",
        "Ä, Ä",
        "./a, a",
        "a/, a",
        "a//b, a/b",
        "./a/./b, a/b",
        "a/..., a/..."
    })
    void a_uri_in_a_body_stands_for_itself(String uri, String path) {
        assertThat(ResourceUri.ofBody(uri)).isEqualTo(path);
    }

    @Test
    void a_read_tries_the_literal_name_before_the_lenient_ones() {
        assertThat(ResourceUri.candidates("a+b")).containsExactly("a+b", "a b");
        assertThat(ResourceUri.candidates("a%2520b")).containsExactly("a%20b", "a b");
        assertThat(ResourceUri.candidates("plain")).containsExactly("plain");
    }

    @Test
    void a_deletion_is_taken_literally() {
        assertThat(ResourceUri.literal("a+b")).containsExactly("a+b");
        assertThat(ResourceUri.literal("a%2520b")).containsExactly("a%20b");
        assertThat(ResourceUri.literal("a%252Fb")).containsExactly("a%2Fb", "a/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                ".",
                "./.",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "%2e%2e/x",
                "..%2Fx",
                "%2e%2e%2fx",
                "..%252Fx",
                "%252e%252e%252fx"
            })
    void refuses_what_is_no_path_below_its_place(String uri) {
        assertThatThrownBy(() -> ResourceUri.ofPath(uri)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.candidates(uri)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.ofBody(uri)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%25252e%25252e%25252fx",
                "..%5Cx",
                "a\\b",
                "%5C",
                "C:/x",
                "C:",
                "%00",
                "a%00b",
                "a%2500b",
                "a\nb",
                "%7F",
                "a\u0085b",
                ".git",
                ".git/config",
                "./.git/config",
                ".//.git",
                ".GIT/config",
                ".Git",
                "a/.git/config",
                ".git%2Fconfig",
                ".git%252Fconfig",
                "%2Egit/config",
                ".git::$INDEX_ALLOCATION",
                ".git::$INDEX_ALLOCATION/config",
                ".git:x",
                "git~1",
                "GIT~1/config",
                ".git.",
                ".git ",
                ".git...",
                ".g\u200cit",
                ".gi\ufefft/config",
                ".gitmodules",
                "\ud800"
            })
    void refuses_names_that_could_do_harm_in_writes_only(String uri) {
        assertThatThrownBy(() -> ResourceUri.ofPath(uri)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.ofBody(uri)).isInstanceOf(ApiException.class);
        assertThat(ResourceUri.literal(uri)).isNotEmpty();
    }

    @Test
    void names_and_paths_have_a_longest_length() {
        assertThat(ResourceUri.ofBody("a".repeat(255))).hasSize(255);
        assertThat(ResourceUri.ofBody("ä".repeat(127))).hasSize(127);
        assertThatThrownBy(() -> ResourceUri.ofBody("a".repeat(256))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.ofBody("ä".repeat(128))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.ofBody("a/".repeat(100) + "a")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> ResourceUri.ofBody(("a".repeat(200) + "/").repeat(21) + "a"))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void a_uri_in_a_body_is_required() {
        assertThatThrownBy(() -> ResourceUri.ofBody(null))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(422));
    }
}
