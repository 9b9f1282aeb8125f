package org.keptnative.configuration.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.ServicePast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an installation knows of a project beside its files.
 *
 * @param creationDate nanoseconds since the epoch; null when that is not known
 * @param gitUser null for no upstream, as gitRemoteURI
 */
@RegisterForReflection
record MovedProject(
        String projectName, Long creationDate, String gitUser, String gitRemoteURI, List<MovedStage> stages) {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterForReflection
    record MovedStage(String stageName, List<MovedService> services) {}

    @RegisterForReflection
    record MovedService(String serviceName, ServicePast past) {}

    static MovedProject unknown(String name) {
        return new MovedProject(name, null, null, null, List.of());
    }

    /** As the view {@code keptnProjectsMV} of Keptn 0.7 has it. */
    static MovedProject ofView(JsonNode view) {
        List<MovedStage> stages = new ArrayList<>();
        for (JsonNode stage : view.path("stages")) {
            List<MovedService> services = new ArrayList<>();
            stage.path("services")
                    .forEach(service -> services.add(
                            new MovedService(service.path("serviceName").asText(), ServicePast.ofView(service))));
            stages.add(new MovedStage(stage.path("stageName").asText(), services));
        }
        long created = view.path("creationDate").asLong();
        return new MovedProject(
                view.path("projectName").asText(),
                created == 0 ? null : created,
                view.path("gitUser").asText(null),
                view.path("gitRemoteURI").asText(null),
                stages);
    }

    /** As an export has it. */
    static MovedProject of(String name, byte[] json) {
        try {
            MovedProject project = JSON.readValue(json, MovedProject.class);
            if (project.stages() != null
                    && project.stages().stream().allMatch(stage -> stage != null && stage.services() != null)) {
                return project;
            }
        } catch (JsonProcessingException e) {
            // It is said below.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw ApiException.badRequest("the state.json of " + name + " is none that an export has written");
    }

    byte[] json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    List<String> stageNames() {
        return stages.stream().map(MovedStage::stageName).toList();
    }
}
