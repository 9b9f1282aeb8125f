package org.keptnative.configuration.stage;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.service.ServiceReader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stages of a project with their services. */
@Singleton
public class StageReader {

    private final ProjectStore projects;
    private final ServiceReader services;

    StageReader(ProjectStore projects, ServiceReader services) {
        this.projects = projects;
        this.services = services;
    }

    /** The stages of each project. */
    public Map<GitProject, List<ExpandedStage>> of(Collection<GitProject> projects) {
        Map<GitProject, List<ExpandedStage>> stages = new LinkedHashMap<>();
        services.byStage(projects)
                .forEach((project, byStage) -> stages.put(
                        project,
                        byStage.entrySet().stream()
                                .map(stage -> new ExpandedStage(stage.getKey(), stage.getValue()))
                                .toList()));
        return stages;
    }

    List<ExpandedStage> of(String project) {
        GitProject found = projects.fresh(project);
        return of(List.of(found)).get(found);
    }

    ExpandedStage get(String project, String stage) {
        return new ExpandedStage(stage, services.ofStage(project, stage));
    }
}
