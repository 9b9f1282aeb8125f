package org.keptnative.configuration.stage;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.service.ServiceReader;

import java.util.List;

/** The stages of a project with their services. */
@Singleton
public class StageReader {

    private final ProjectStore projects;
    private final ServiceReader services;

    StageReader(ProjectStore projects, ServiceReader services) {
        this.projects = projects;
        this.services = services;
    }

    public List<ExpandedStage> of(GitProject project) {
        return services.byStage(project).entrySet().stream()
                .map(stage -> new ExpandedStage(stage.getKey(), stage.getValue()))
                .toList();
    }

    List<ExpandedStage> of(String project) {
        return of(projects.get(project));
    }

    ExpandedStage get(String project, String stage) {
        return of(project).stream()
                .filter(candidate -> candidate.stageName().equals(stage))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("Stage not found"));
    }
}
