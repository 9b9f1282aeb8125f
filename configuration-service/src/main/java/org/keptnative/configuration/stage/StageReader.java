package org.keptnative.configuration.stage;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.ProjectState;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.service.ExpandedService;
import org.keptnative.configuration.service.ServiceReader;
import org.keptnative.configuration.service.ServiceReader.StageOf;

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

    /** The stages of each project, in its order. */
    public Map<ProjectState, List<ExpandedStage>> of(Collection<ProjectState> projects) {
        Map<StageOf, List<ExpandedService>> expanded = services.of(projects.stream()
                .flatMap(project -> project.stages().stream().map(stage -> new StageOf(project.name(), stage)))
                .toList());
        Map<ProjectState, List<ExpandedStage>> stages = new LinkedHashMap<>();
        projects.forEach(project -> stages.put(
                project,
                project.stages().stream()
                        .map(stage ->
                                new ExpandedStage(stage.branch(), expanded.get(new StageOf(project.name(), stage))))
                        .toList()));
        return stages;
    }

    Slice<ExpandedStage> of(String project, Page page) {
        Slice<Snapshot> stages = page.of(projects.fresh(project).now().stages());
        Map<StageOf, List<ExpandedService>> expanded = services.of(stages.items().stream()
                .map(stage -> new StageOf(project, stage))
                .toList());
        return stages.with(expanded.entrySet().stream()
                .map(stage -> new ExpandedStage(stage.getKey().branch().branch(), stage.getValue()))
                .toList());
    }

    ExpandedStage get(String project, String stage) {
        return new ExpandedStage(stage, services.ofStage(project, stage));
    }
}
