package org.keptnative.configuration.project;

import jakarta.inject.Singleton;
import org.keptnative.configuration.encoding.Base64Text;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.YamlCheck;
import org.keptnative.configuration.upstream.Upstream;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import static org.keptnative.configuration.error.ApiException.badRequest;

/** Checks what is asked for a project, and has it done. */
@Singleton
class ProjectWriter {

    private final ProjectStore projects;
    private final ProjectLifecycle lifecycle;

    ProjectWriter(ProjectStore projects, ProjectLifecycle lifecycle) {
        this.projects = projects;
        this.lifecycle = lifecycle;
    }

    void create(ProjectRequest request) {
        String name = Names.checkProject(request.projectName());
        List<String> stages = stages(request);
        byte[] shipyard = request.shipyard() == null ? null : Base64Text.decode("shipyard", request.shipyard());
        if (shipyard != null) {
            YamlCheck.check("shipyard", shipyard);
        }
        lifecycle.create(name, upstream(request), draft -> Layout.newProject(draft, name, stages, shipyard));
    }

    /** Gives the project another upstream; nothing else of a project can be changed. */
    void update(String name, ProjectRequest request) {
        if (!projects.exists(name)) {
            throw badRequest("Project does not exist");
        }
        if (request.projectName() != null && !request.projectName().equals(name)) {
            throw badRequest("a project cannot be renamed: projectName must be that of the path");
        }
        lifecycle.setUpstream(
                name,
                upstream(request).orElseThrow(() -> badRequest("Project not updated as Git credentials were missing")));
    }

    void delete(String project) {
        lifecycle.delete(Names.checkProject(project));
    }

    /** Nothing unless all three members are there. */
    private static Optional<Upstream> upstream(ProjectRequest request) {
        return isGiven(request.gitUser()) && isGiven(request.gitToken()) && isGiven(request.gitRemoteURI())
                ? Optional.of(Upstream.of(request.gitUser(), request.gitToken(), request.gitRemoteURI()))
                : Optional.empty();
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isBlank();
    }

    private static List<String> stages(ProjectRequest request) {
        if (request.stages() == null) {
            return List.of();
        }
        List<String> stages = request.stages().stream()
                .map(stage -> stage == null ? null : stage.stageName())
                .map(Names::checkStage)
                .toList();
        if (new HashSet<>(stages).size() < stages.size()) {
            throw badRequest("stages must not name a stage twice");
        }
        return stages;
    }
}
