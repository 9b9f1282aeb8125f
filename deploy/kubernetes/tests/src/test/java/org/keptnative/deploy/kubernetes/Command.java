package org.keptnative.deploy.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Programs of the machine; a test that needs one that is not there is skipped. */
final class Command {

    static final Path ROOT = Path.of(System.getProperty("product.root"));

    private Command() {}

    /** @return what the program prints; fails the test unless it ends well */
    static String output(String... command) {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as("%s is on the PATH", command[0])
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0])));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
