package org.keptnative.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.Commands;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.Progress;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Creates and deletes a service in all stages of a project. */
@ApplicationScoped
class ServiceCommands {

    private static final String CREATE = "sh.keptn.internal.event.service.create";
    private static final String DELETE = "sh.keptn.internal.event.service.delete";
    private static final Set<String> STRATEGIES = Set.of("direct", "duplicate");

    private final Commands commands;
    private final Configuration configuration;
    private final Datastore datastore;
    private final Progress progress;

    ServiceCommands(Commands commands, Configuration configuration, Datastore datastore, Progress progress) {
        this.commands = commands;
        this.configuration = configuration;
        this.datastore = datastore;
        this.progress = progress;
    }

    Uni<Commands.Running> create(String project, CreateService service) {
        String name = service.serviceName();
        Names.checkProject(project);
        Names.checkService(name);
        service.deploymentStrategies().values().forEach(ServiceCommands::checkStrategy);
        checkChart(service.helmChart());
        ObjectNode data = data(project, name).put("helmChart", service.helmChart());
        ObjectNode strategies = data.putObject("deploymentStrategies");
        service.deploymentStrategies().forEach(strategies::put);

        // Asked first so that nothing is recorded that cannot even be begun.
        return Uni.combine()
                .all()
                .unis(configuration.project(project), isForHelm(service))
                .asTuple()
                .flatMap(known -> commands.record(
                        new Command(
                                CREATE,
                                "Failed to create service " + name + " in project " + project,
                                known.getItem2(),
                                context -> {
                                    report(
                                            context.keptnContext(),
                                            known.getItem1(),
                                            "Creating new Keptn service " + name + " in stage ");
                                    return configuration.createService(project, name);
                                }),
                        data));
    }

    /** A chart is for helm-service, which reports until it has installed it; where nobody follows, there is none. */
    private Uni<Boolean> isForHelm(CreateService service) {
        return service.helmChart().isEmpty() ? Uni.createFrom().item(false) : datastore.hasFollowers();
    }

    Uni<Commands.Running> delete(String project, String name) {
        Names.checkProject(project);
        Names.checkService(name);
        return configuration
                .project(project)
                .flatMap(existing -> commands.record(
                        new Command(
                                DELETE,
                                "Failed to delete service " + name + " from project " + project,
                                false,
                                context -> {
                                    report(
                                            context.keptnContext(),
                                            existing,
                                            "Deleting Keptn service " + name + " from stage ");
                                    return configuration.deleteService(project, name);
                                }),
                        data(project, name)));
    }

    private void report(String context, Optional<JsonNode> project, String message) {
        JsonNode stages = project.orElseThrow(() -> ApiException.notFound("Project not found"))
                .path("stages");
        stages.forEach(stage ->
                progress.info(context, message + stage.path("stageName").asText()));
    }

    private static ObjectNode data(String project, String service) {
        return JsonNodeFactory.instance.objectNode().put("project", project).put("service", service);
    }

    private static void checkStrategy(String strategy) {
        if (strategy == null || !STRATEGIES.contains(strategy)) {
            throw ApiException.badRequest("The deployment strategy " + strategy + " is invalid");
        }
    }

    private static void checkChart(String base64) {
        try {
            Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("helmChart is not valid base64");
        }
    }
}
