package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.service.ServiceId;

import java.util.Optional;
import java.util.function.Supplier;

/** Asks Git for a service, and refuses in the words each caller knows when there is none. */
@Singleton
class KnownServices {

    private final ProjectStore projects;

    KnownServices(ProjectStore projects) {
        this.projects = projects;
    }

    Optional<ServiceId> find(String project, String stage, String service) {
        return projects.findFresh(project)
                .flatMap(found -> found.stage(stage))
                .flatMap(branch -> of(branch, project, service));
    }

    /**
     * @param refusal what to throw when there is no such stage or service
     * @throws ApiException 404, when there is no such project
     */
    ServiceId get(String project, String stage, String service, Supplier<ApiException> refusal) {
        return projects.fresh(project)
                .stage(stage)
                .flatMap(branch -> of(branch, project, service))
                .orElseThrow(refusal);
    }

    /** @throws ApiException 404, when there is no such project, stage or service */
    ServiceId get(String project, String stage, String service) {
        return get(project, stage, service, () -> ApiException.notFound("Service not found"));
    }

    private static Optional<ServiceId> of(Snapshot stage, String project, String service) {
        return stage.services().stream()
                .filter(entry -> entry.name().equals(service))
                .findFirst()
                .map(entry -> new ServiceId(project, stage.branch(), service, entry.created()));
    }
}
