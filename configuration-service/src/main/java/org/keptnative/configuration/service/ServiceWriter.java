package org.keptnative.configuration.service;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;

import java.time.Instant;
import java.util.List;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/** Adds services to stages and removes them. */
@Singleton
class ServiceWriter {

    private final ProjectStore projects;
    private final ServiceHistory history;

    ServiceWriter(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    void create(String project, String stage, String service) {
        Names.checkService(service);
        projectOrRefusal(project).write(draft -> {
            if (stageOrRefusal(draft, stage).hasService(service)) {
                throw badRequest("Service already exists");
            }
            Layout.addService(draft, stage, service, Instant.now());
            return null;
        });
    }

    /** Creates the service unless the stage has it. */
    void ensure(String project, String stage, String service) {
        Names.checkService(service);
        projectOrRefusal(project).write(draft -> {
            if (!stageOrRefusal(draft, stage).hasService(service)) {
                Layout.addService(draft, stage, service, Instant.now());
            }
            return null;
        });
    }

    /** In every stage of the project, or in none. */
    void createInAllStages(String project, String service) {
        Names.checkService(service);
        projects.get(project).write(draft -> {
            List<Snapshot> stages = draft.stages();
            if (stages.isEmpty()) {
                throw badRequest("the project has no stages, so it can have no services");
            }
            if (stages.stream().anyMatch(stage -> stage.hasService(service))) {
                throw badRequest("Service already exists");
            }
            Instant now = Instant.now();
            stages.forEach(stage -> Layout.addService(draft, stage.branch(), service, now));
            return null;
        });
    }

    void delete(String project, String stage, String service) {
        projectOrRefusal(project).write(draft -> {
            if (!stageOrRefusal(draft, stage).hasService(service)) {
                throw badRequest("Service does not exists");
            }
            Layout.removeService(draft, stage, service);
            return null;
        });
        history.forgetService(project, List.of(stage), service);
    }

    /** From every stage that has it, or from none. */
    void deleteFromAllStages(String project, String service) {
        List<String> stages = projects.get(project).write(draft -> {
            List<String> having = draft.stages().stream()
                    .filter(stage -> stage.hasService(service))
                    .map(Snapshot::branch)
                    .toList();
            if (having.isEmpty()) {
                throw notFound("Service does not exists");
            }
            having.forEach(stage -> Layout.removeService(draft, stage, service));
            return having;
        });
        history.forgetService(project, stages, service);
    }

    private GitProject projectOrRefusal(String project) {
        return projects.find(project).orElseThrow(() -> badRequest("Project does not exist"));
    }

    private static Snapshot stageOrRefusal(Draft draft, String stage) {
        return draft.stage(stage).orElseThrow(() -> noStage(stage));
    }

    /** The two blanks are what clients of the original know. */
    private static ApiException noStage(String stage) {
        return badRequest("Stage  " + stage + " does not exist.");
    }
}
