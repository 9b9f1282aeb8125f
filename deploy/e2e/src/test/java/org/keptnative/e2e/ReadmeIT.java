package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of README, "First steps", do what they say when they are pasted into a shell. */
class ReadmeIT {

    private static final Pattern FIRST_STEPS = Pattern.compile("(?s)## First steps.*?```bash\n(.*?)```");

    @TempDir
    Path folder;

    @Test
    void theFirstStepsOfTheReadmeWork() throws Exception {
        Installation installation = Installation.shared();
        Path runEnv = Files.createDirectory(folder.resolve(".data")).resolve("run.env");
        Files.writeString(
                runEnv,
                "GATEWAY_URL=" + installation.gateway().url() + "\nKEPTN_API_TOKEN=" + installation.token() + "\n");

        String output = runInShell("set -euo pipefail\n" + firstSteps());

        assertThat(output)
                .containsSubsequence(
                        "{\"code\":401,",
                        "\"keptnContext\":",
                        "\"stageName\":\"dev\"",
                        "\"stageName\":\"staging\"",
                        "\"stageName\":\"production\"",
                        "\"keptnContext\":",
                        "\"serviceName\":\"carts\"",
                        "\"version\":",
                        "PGptZXRlclRlc3RQbGFuLz4=",
                        "\"keptnContext\":",
                        "\"type\":\"sh.keptn.events.deployment-finished\"",
                        "\"deployedImage\":\"docker.io/shop/carts:1.0\"",
                        "production -> production",
                        "cmVwbGljYXM6IDIK",
                        "\"keptnContext\":");
        installation
                .client()
                .get("/api/configuration-service/v1/project/sockshop")
                .then()
                .statusCode(404);
    }

    private static String firstSteps() throws IOException {
        Matcher block = FIRST_STEPS.matcher(Files.readString(Packaged.root().resolve("README.md")));
        assertThat(block.find()).as("README has a block of first steps").isTrue();
        return block.group(1);
    }

    private String runInShell(String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor()).as(() -> read(output)).isZero();
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
