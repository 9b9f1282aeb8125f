package org.keptnative.configuration.project;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.inject.Singleton;
import org.keptnative.configuration.encoding.Base64Text;
import org.keptnative.configuration.git.Layout;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.service.ServiceHistory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;

import static org.keptnative.configuration.error.ApiException.badRequest;

/** Creates projects and deletes them, each whole or not at all. */
@Singleton
class ProjectWriter {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ProjectStore projects;
    private final ServiceHistory history;

    ProjectWriter(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    void create(ProjectRequest request) {
        String name = Names.checkProject(request.projectName());
        List<String> stages = stages(request);
        byte[] shipyard =
                request.shipyard() == null ? null : checkYaml(Base64Text.decode("shipyard", request.shipyard()));
        projects.create(
                name,
                project -> project.write(draft -> {
                    Layout.newProject(draft, name, stages, shipyard == null ? null : project.blob(shipyard));
                    return null;
                }));
    }

    void delete(String project) {
        projects.delete(project);
        history.forgetProject(project);
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
