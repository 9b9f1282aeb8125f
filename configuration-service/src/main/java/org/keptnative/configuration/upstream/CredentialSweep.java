package org.keptnative.configuration.upstream;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.ProjectStore;

import java.time.Instant;

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
        credentials.sweep(
                start,
                key -> !key.startsWith(".") // what does was never whole
                        && UpstreamRef.projectOf(key)
                                .map(project -> isUsed(key, project))
                                .orElse(true)); // people bring them so
    }

    private boolean isUsed(String key, String project) {
        try {
            return projects.find(project)
                    .filter(found -> UpstreamRef.of(found).key(project).equals(key))
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.warnf(e, "event=upstream-unknown project=%s; its credentials stay", project);
            return true;
        }
    }
}
