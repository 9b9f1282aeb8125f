package org.keptnative.configuration.transfer;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Says that the data directory holds projects of a Keptn 0.7, and how to import them. They stay as they are. */
@Singleton
class FoundAtStart {

    private static final Logger LOG = Logger.getLogger(FoundAtStart.class);

    private final Path directory;

    FoundAtStart(@ConfigProperty(name = "configuration.data-dir") Path directory) {
        this.directory = directory;
    }

    void look(@Observes StartupEvent started) throws IOException {
        List<String> found = found();
        if (!found.isEmpty()) {
            LOG.infof(
                    "event=projects-of-keptn-0.7-found projects=%s; to import them: make import FROM_CONFIG=%s",
                    found, directory.toAbsolutePath());
        }
    }

    List<String> found() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .filter(WorkTree::is)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
