package org.keptnative.configuration.upstream;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.ProjectStore;

import java.time.Instant;
import java.util.Optional;

/** Removes at the start the credentials that a kill has left, between their saving and the project that they are for. */
@Singleton
class CredentialSweep {

    private static final Logger LOG = Logger.getLogger(CredentialSweep.class);

    private final ProjectStore projects;
    private final Credentials credentials;

    CredentialSweep(ProjectStore projects, Credentials credentials) {
        this.projects = projects;
        this.credentials = credentials;
    }

    void start(@Observes StartupEvent started) {
        Instant now = Instant.now();
        Thread thread = new Thread(() -> sweep(now), "credential-sweep");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param start what is saved later may be about to be used */
    void sweep(Instant start) {
        try {
            credentials.sweep(start, this::isUsed);
        } catch (RuntimeException e) {
            LOG.warnf(e, "event=credential-sweep-failed; unused credentials stay until the next start");
        }
    }

    private boolean isUsed(String key) {
        if (key.startsWith(".")) {
            return false; // it was never whole
        }
        Optional<String> name = UpstreamRef.projectOf(key);
        return name.isEmpty() // people bring them so
                || projects.find(name.get())
                        .filter(project ->
                                UpstreamRef.of(project).key(name.get()).equals(key))
                        .isPresent();
    }
}
