package org.keptnative.configuration.project;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.inject.Singleton;
import org.keptnative.configuration.encoding.Base64Text;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.service.ServiceHistory;
import org.keptnative.configuration.upstream.Upstream;
import org.keptnative.configuration.upstream.UpstreamWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static org.keptnative.configuration.error.ApiException.badRequest;

/** Creates projects and deletes them, each whole or not at all. */
@Singleton
class ProjectWriter {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ProjectStore projects;
    private final UpstreamWriter upstreams;
    private final ServiceHistory history;

    ProjectWriter(ProjectStore projects, UpstreamWriter upstreams, ServiceHistory history) {
        this.projects = projects;
        this.upstreams = upstreams;
        this.history = history;
    }

    void create(ProjectRequest request) {
        String name = Names.checkProject(request.projectName());
        List<String> stages = stages(request);
        byte[] shipyard =
                request.shipyard() == null ? null : checkYaml(Base64Text.decode("shipyard", request.shipyard()));
        Consumer<Draft> content = draft -> Layout.newProject(draft, name, stages, shipyard);
        Optional<Upstream> upstream = upstream(request);
        if (upstream.isPresent()) {
            upstreams.create(name, upstream.get(), content);
        } else {
            upstreams.createWithout(name, content);
        }
    }

    /** Gives the project another upstream; nothing else of a project can be changed. */
    void update(String name, ProjectRequest request) {
        GitProject project = projects.find(name).orElseThrow(() -> badRequest("Project does not exist"));
        if (request.projectName() != null && !request.projectName().equals(name)) {
            throw badRequest("a project cannot be renamed: projectName must be that of the path");
        }
        upstreams.replace(
                project,
                upstream(request).orElseThrow(() -> badRequest("Project not updated as Git credentials were missing")));
    }

    void delete(String project) {
        projects.delete(project);
        upstreams.forget(project);
        history.forgetProject(project);
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

    private static byte[] checkYaml(byte[] shipyard) {
        try {
            YAML.readTree(shipyard);
            return shipyard;
        } catch (JacksonException e) {
            throw badRequest("shipyard is no YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
