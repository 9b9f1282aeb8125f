package org.keptnative.configuration.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The real Git, as a second opinion. */
public final class GitCommand {

    private GitCommand() {}

    /** @return what it printed, errors included */
    public static String git(Path directory, String... arguments) {
        StringBuilder output = new StringBuilder();
        assertThat(run(directory, output, arguments))
                .as("git %s: %s", List.of(arguments), output)
                .isZero();
        return output.toString().strip();
    }

    /** @return what it printed when it failed */
    public static String failingGit(Path directory, String... arguments) {
        StringBuilder output = new StringBuilder();
        assertThat(run(directory, output, arguments))
                .as("git %s: %s", List.of(arguments), output)
                .isNotZero();
        return output.toString().strip();
    }

    /** @return whether it succeeded */
    public static boolean tryGit(Path directory, String... arguments) {
        return refusal(directory, arguments).isEmpty();
    }

    /** @return what it printed if it failed */
    public static Optional<String> refusal(Path directory, String... arguments) {
        StringBuilder output = new StringBuilder();
        return run(directory, output, arguments) == 0 ? Optional.empty() : Optional.of(output.toString());
    }

    private static int run(Path directory, StringBuilder output, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            output.append(new String(process.getInputStream().readAllBytes(), UTF_8));
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fsck(Path repository) {
        assertThat(git(repository, "fsck", "--full", "--strict", "--no-progress", "--no-dangling"))
                .isEmpty();
    }
}
