package org.keptnative.configuration.stage;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.service.ServiceHistory;

import static org.keptnative.configuration.error.ApiException.badRequest;
import static org.keptnative.configuration.error.ApiException.notFound;

/** Adds stages to a project and removes them. */
@Singleton
class StageWriter {

    private final ProjectStore projects;
    private final ServiceHistory history;

    StageWriter(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    void create(String project, String stage) {
        GitProject repository = projectOrRefusal(project);
        Names.checkStage(stage);
        repository.write(draft -> {
            if (draft.stage(stage).isPresent()) {
                throw badRequest("Could not create stage.");
            }
            Layout.addStage(draft, stage);
            return null;
        });
    }

    /** Creates the stage unless the project has it. */
    void ensure(String project, String stage) {
        GitProject repository = projectOrRefusal(project);
        Names.checkStage(stage);
        repository.write(draft -> {
            if (draft.stage(stage).isEmpty()) {
                Layout.addStage(draft, stage);
            }
            return null;
        });
    }

    void delete(String project, String stage) {
        projects.get(project).write(draft -> {
            if (draft.stage(stage).isEmpty()) {
                throw notFound("Stage not found");
            }
            Layout.removeStage(draft, stage);
            return null;
        });
        history.forgetStage(project, stage);
    }

    private GitProject projectOrRefusal(String project) {
        return projects.find(project).orElseThrow(() -> badRequest("Project does not exist."));
    }
}
