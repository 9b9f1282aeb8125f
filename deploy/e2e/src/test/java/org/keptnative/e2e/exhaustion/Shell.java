package org.keptnative.e2e.exhaustion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs a command of the system. */
record Shell(int status, String output) {

    static Shell run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shell(process.waitFor(), output);
    }

    boolean succeeded() {
        return status == 0;
    }
}
