package org.keptnative.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.CommandHandler;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.Progress;

import java.util.Optional;

/** What there is to creating and to deleting a service in all stages of a project. */
abstract class ServiceCommand implements CommandHandler {

    private static final String PROJECT = "project";
    private static final String SERVICE = "service";
    private static final String EXISTED = "existed";
    private static final String STAGES = "stages";

    private final Configuration configuration;
    private final Progress progress;

    ServiceCommand(Configuration configuration, Progress progress) {
        this.configuration = configuration;
        this.progress = progress;
    }

    static void checkNames(String project, String service) {
        Names.checkProject(project);
        Names.checkService(service);
    }

    static ObjectNode data(String project, String service) {
        return JsonNodeFactory.instance.objectNode().put(PROJECT, project).put(SERVICE, service);
    }

    /** @param found the project, if it exists */
    static ObjectNode parameters(String project, String service, Optional<JsonNode> found) {
        ObjectNode parameters = data(project, service).put(EXISTED, isThere(found, service));
        found.ifPresent(existing -> {
            parameters.putArray(STAGES);
            existing.path(STAGES).findValuesAsText("stageName").forEach(parameters.withArray(STAGES)::add);
        });
        return parameters;
    }

    static String project(Command command) {
        return command.parameters().path(PROJECT).asText();
    }

    static String service(Command command) {
        return command.parameters().path(SERVICE).asText();
    }

    /** @param message before the name of each stage */
    void report(Command command, String message) {
        if (!command.parameters().has(STAGES)) {
            throw ApiException.notFound("Project not found");
        }
        command.parameters().path(STAGES).forEach(stage -> progress.info(command.context(), message + stage.asText()));
    }

    /** A failure does not count if it is only that the work has been done for this command before. */
    Uni<Void> unlessDone(Command command, Throwable failure) {
        boolean existed = command.parameters().path(EXISTED).asBoolean();
        Uni<Boolean> isDone = command.isAgain()
                ? configuration.project(project(command)).map(found -> isThere(found, service(command)) != existed)
                : Uni.createFrom().item(false);
        return isDone.flatMap(
                done -> done ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure));
    }

    private static boolean isThere(Optional<JsonNode> project, String service) {
        return project.map(found ->
                        found.path(STAGES).findValuesAsText("serviceName").contains(service))
                .orElse(false);
    }
}
