package org.keptnative.configuration.project;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.stage.StageReader;

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
        return page.of(projects.all()).map(this::expand);
    }

    ExpandedProject get(String project) {
        return expand(projects.get(project));
    }

    private ExpandedProject expand(GitProject project) {
        Long created = project.created();
        return new ExpandedProject(
                project.name(),
                created == null ? null : created.toString(),
                null,
                null,
                project.shipyard().orElse(null),
                stages.of(project));
    }
}
