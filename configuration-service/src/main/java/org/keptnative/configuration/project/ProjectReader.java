package org.keptnative.configuration.project;

import jakarta.inject.Singleton;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.stage.ExpandedStage;
import org.keptnative.configuration.stage.StageReader;
import org.keptnative.configuration.upstream.UpstreamState;
import org.keptnative.configuration.upstream.Upstreams;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The projects with all that belongs to them. */
@Singleton
class ProjectReader {

    private final ProjectStore projects;
    private final StageReader stages;
    private final Upstreams upstreams;

    ProjectReader(ProjectStore projects, StageReader stages, Upstreams upstreams) {
        this.projects = projects;
        this.stages = stages;
        this.upstreams = upstreams;
    }

    Page.Slice<ExpandedProject> list(Page page) {
        Page.Slice<GitProject> slice = page.of(projects.all());
        Map<GitProject, List<ExpandedStage>> stagesOf = stages.of(slice.items());
        return slice.map(project -> expand(project, stagesOf.get(project)));
    }

    ExpandedProject get(String project) {
        GitProject found = projects.fresh(project);
        return expand(found, stages.of(List.of(found)).get(found));
    }

    private ExpandedProject expand(GitProject project, List<ExpandedStage> stages) {
        Long created = project.created();
        Optional<UpstreamState> upstream = upstreams.toShow(project);
        return new ExpandedProject(
                project.name(),
                created == null ? null : created.toString(),
                upstream.map(UpstreamState::user).orElse(null),
                upstream.map(UpstreamState::remoteURI).orElse(null),
                upstream.orElse(null),
                project.shipyard().orElse(null),
                stages);
    }
}
