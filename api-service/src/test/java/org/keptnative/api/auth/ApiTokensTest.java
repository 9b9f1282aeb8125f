package org.keptnative.api.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiTokensTest {

    private record Config(Optional<List<String>> tokens, Optional<Path> tokenFile, int failuresPerMinute)
            implements AuthConfig {}

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"to ken", "to\tken", "to\nken", "to\u0000ken", "to\u007fken"})
    void a_token_that_no_client_could_send_is_refused_at_start_and_not_shown(String token) {
        assertThatThrownBy(() -> tokens(List.of("good", token), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SECRET_TOKEN")
                .hasMessageNotContaining(token);
    }

    @Test
    void so_is_one_in_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), "good\nnot good\n");
        assertThatThrownBy(() -> tokens(List.of(), file)).hasMessageContaining("SECRET_TOKEN_FILE");
    }

    @Test
    void what_stands_around_a_token_is_not_part_of_it() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), " of-the-file \r\n\n");
        ApiTokens tokens = tokens(List.of("given\n"), file);
        assertThat(tokens.accept("given")).isTrue();
        assertThat(tokens.accept("of-the-file")).isTrue();
        assertThat(tokens.accept("")).isFalse();
    }

    @Test
    void without_a_token_it_does_not_start() {
        assertThatThrownBy(() -> tokens(List.of(" "), folder.resolve("none"))).hasMessageContaining("no API token");
    }

    @Test
    void the_tokens_of_a_file_that_is_gone_or_empty_are_revoked_at_the_second_look() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), "token");
        ApiTokens tokens = tokens(List.of(), file);
        Files.writeString(file, "");
        tokens.readAgain();
        assertThat(tokens.accept("token")).isTrue();
        Files.delete(file);
        tokens.readAgain();
        assertThat(tokens.accept("token")).isFalse();
        Files.writeString(file, "another");
        tokens.readAgain();
        assertThat(tokens.accept("another")).isTrue();
    }

    private static ApiTokens tokens(List<String> configured, Path file) {
        return new ApiTokens(new Config(Optional.of(configured), Optional.ofNullable(file), 1));
    }
}
