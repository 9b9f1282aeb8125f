package org.keptnative.e2e.transfer;

import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code make import} and {@code make export} as they are, for an installation. */
final class Moves {

    private final Installation installation;

    Moves(Installation installation) {
        this.installation = installation;
    }

    /** What they print. */
    String importAll(Map<String, String> variables) throws Exception {
        return run("import", variables);
    }

    String exportAll(Path to) throws Exception {
        return run("export", Map.of("TO", to.toString()));
    }

    Process startImport(Map<String, String> variables, Path output) throws IOException {
        return builder("import", variables).redirectOutput(output.toFile()).start();
    }

    /** Of an import that ends before it has read anything. */
    String refusal(Path from) throws Exception {
        Process process = builder("import", Map.of("FROM", from.toString())).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isNotZero();
        return output;
    }

    private String run(String what, Map<String, String> variables) throws Exception {
        Process process = builder(what, variables).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private ProcessBuilder builder(String what, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Packaged.root().resolve("deploy/transfer").resolve(what).toString())
                .redirectErrorStream(true);
        builder.environment()
                .put("CONFIGURATION_URL", installation.configurationServiceUrl().toString());
        builder.environment()
                .put("DATASTORE_URL", installation.mongodbDatastoreUrl().toString());
        builder.environment().putAll(variables);
        return builder;
    }

    /** A folder as an operator has copied it from a Keptn 0.7.3. */
    static Path original() {
        return Packaged.root().resolve("deploy/e2e/src/test/resources/keptn-0.7");
    }
}
