package org.keptnative.configuration.project;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.stage.ExpandedStage;
import org.keptnative.configuration.stage.StageReader;

import java.util.List;
import java.util.Map;

/** The projects with all that belongs to them. */
@Singleton
class ProjectReader {

    private final ProjectStore projects;
    private final StageReader stages;

    ProjectReader(ProjectStore projects, StageReader stages) {
        this.projects = projects;
        this.stages = stages;
    }

    Page.Slice<ExpandedProject> list(Page page) {
        Page.Slice<GitProject> slice = page.of(projects.all());
        Map<GitProject, List<ExpandedStage>> stagesOf = stages.of(slice.items());
        return slice.map(project -> expand(project, stagesOf.get(project)));
    }

    ExpandedProject get(String project) {
        GitProject found = projects.get(project);
        return expand(found, stages.of(List.of(found)).get(found));
    }

    private static ExpandedProject expand(GitProject project, List<ExpandedStage> stages) {
        Long created = project.created();
        return new ExpandedProject(
                project.name(),
                created == null ? null : created.toString(),
                null,
                null,
                project.shipyard().orElse(null),
                stages);
    }
}
