package org.keptnative.configuration.project;

import com.mongodb.MongoException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectState;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.stage.ExpandedStage;
import org.keptnative.configuration.stage.StageReader;
import org.keptnative.configuration.transport.CloneUrls;
import org.keptnative.configuration.upstream.UpstreamState;
import org.keptnative.configuration.upstream.Upstreams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The projects with all that belongs to them. */
@Singleton
class ProjectReader {

    private static final Logger LOG = Logger.getLogger(ProjectReader.class);

    private final ProjectStore projects;
    private final StageReader stages;
    private final Upstreams upstreams;
    private final CloneUrls cloneUrls;

    ProjectReader(ProjectStore projects, StageReader stages, Upstreams upstreams, CloneUrls cloneUrls) {
        this.projects = projects;
        this.stages = stages;
        this.upstreams = upstreams;
        this.cloneUrls = cloneUrls;
    }

    /**
     * One that cannot be read is shown with what is wrong with it, and one that was deleted just now is not.
     *
     * @throws MongoException when the database that has the repositories does not answer
     */
    Page.Slice<ExpandedProject> list(Page page) {
        Page.Slice<GitProject> slice = page.of(projects.all());
        List<ProjectState> states =
                slice.items().stream().flatMap(ProjectReader::readIfThere).toList();
        Map<ProjectState, List<ExpandedStage>> stagesOf = stages.of(states);
        return slice.with(
                states.stream().map(state -> expand(state, stagesOf.get(state))).toList());
    }

    ExpandedProject get(String project) {
        ProjectState state = read(projects.fresh(project));
        return expand(state, stages.of(List.of(state)).get(state));
    }

    private static Stream<ProjectState> readIfThere(GitProject project) {
        try {
            return Stream.of(read(project));
        } catch (GitException e) {
            return Stream.empty();
        }
    }

    private static ProjectState read(GitProject project) {
        try {
            ProjectState state = project.now();
            state.stages().forEach(Snapshot::services);
            return state;
        } catch (GitException | MongoException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf("event=project-unreadable project=%s reason=%s", project.name(), e.getMessage());
            return ProjectState.unreadable(project.name());
        }
    }

    private ExpandedProject expand(ProjectState project, List<ExpandedStage> stages) {
        String problem = project.isReadable() ? project.problem() : "the repository of the project cannot be read";
        Optional<UpstreamState> upstream = Optional.empty();
        try {
            upstream = projects.find(project.name()).flatMap(upstreams::toShow);
        } catch (MongoException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf("event=upstream-unreadable project=%s reason=%s", project.name(), e.getMessage());
            problem = problem == null ? "the upstream of the project cannot be read" : problem;
        }
        return new ExpandedProject(
                project.name(),
                project.created() == null ? null : project.created().toString(),
                upstream.map(UpstreamState::user).orElse(null),
                upstream.map(UpstreamState::remoteURI).orElse(null),
                cloneUrls.of(project.name()).orElse(null),
                upstream.orElse(null),
                project.shipyard().orElse(null),
                problem,
                stages);
    }
}
