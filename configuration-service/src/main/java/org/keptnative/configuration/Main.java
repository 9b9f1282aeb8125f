package org.keptnative.configuration;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public class Main {

    public static void main(String... args) {
        // Malformed request URIs and headers are refused by error.EarlyRefusals instead, which says so in JSON.
        System.setProperty("vertx.disableURIValidation", "true");
        System.setProperty("vertx.disableHttpHeadersValidation", "true");
        // Else the platform goes on reading what an upstream.TimeLimit has let go of.
        System.setProperty("http.KeepAlive.remainingData", "0");
        Quarkus.run(args);
    }
}
