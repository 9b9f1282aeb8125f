package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.service.ServiceId;

import java.util.function.Function;

/** Asks Git for a service, and refuses in the words each caller knows when there is none. */
@Singleton
class KnownServices {

    private final ProjectStore projects;

    KnownServices(ProjectStore projects) {
        this.projects = projects;
    }

    /**
     * @param refusal makes the refusal out of what is missing, {@code stage} or {@code service}
     * @throws ApiException 404, when there is no such project, and what {@code refusal} makes
     */
    ServiceId get(String project, String stage, String service, Function<String, ApiException> refusal) {
        Snapshot branch = projects.get(project).stage(stage).orElseThrow(() -> refusal.apply("stage"));
        return branch.services().stream()
                .filter(entry -> entry.name().equals(service))
                .findFirst()
                .map(entry -> new ServiceId(project, stage, service, entry.created()))
                .orElseThrow(() -> refusal.apply("service"));
    }

    /** @throws ApiException 404, when there is no such project, stage or service */
    ServiceId get(String project, String stage, String service) {
        return get(project, stage, service, missing -> ApiException.notFound("Service not found"));
    }
}
