package org.keptnative.configuration.git.files;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Without its data directory the service can answer nothing. */
@Readiness
class DataDirectoryCheck implements HealthCheck {

    private final Path directory;

    DataDirectoryCheck(@ConfigProperty(name = "configuration.data-dir") Path directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("data directory")
                .status(Files.isWritable(directory))
                .build();
    }
}
