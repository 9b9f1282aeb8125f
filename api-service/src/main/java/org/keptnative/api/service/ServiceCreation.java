package org.keptnative.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.Commands;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.Progress;

import java.util.Base64;
import java.util.Set;

/** Creates a service in all stages of a project. */
@Singleton
class ServiceCreation extends ServiceCommand {

    private static final Set<String> STRATEGIES = Set.of("direct", "duplicate");
    private static final String FOR_HELM = "forHelm";

    private final Commands commands;
    private final Configuration configuration;
    private final Datastore datastore;

    ServiceCreation(Commands commands, Configuration configuration, Datastore datastore, Progress progress) {
        super(configuration, progress);
        this.commands = commands;
        this.configuration = configuration;
        this.datastore = datastore;
    }

    Uni<Commands.Running> take(String project, CreateService service) {
        String name = service.serviceName();
        checkNames(project, name);
        service.deploymentStrategies().values().forEach(ServiceCreation::checkStrategy);
        byte[] chart = decode(service.helmChart());
        ObjectNode data = data(project, name).put("helmChart", service.helmChart());
        ObjectNode strategies = data.putObject("deploymentStrategies");
        service.deploymentStrategies().forEach(strategies::put);

        // Asked first so that nothing is recorded that cannot even be begun.
        return Uni.combine()
                .all()
                .unis(configuration.project(project), isForHelm(service))
                .asTuple()
                .flatMap(known -> {
                    boolean forHelm = known.getItem2();
                    if (forHelm && !HelmArchive.isOne(chart)) {
                        throw ApiException.badRequest("helmChart is no archive: it must be a .tgz in base64");
                    }
                    return commands.take(
                            type(), parameters(project, name, known.getItem1()).put(FOR_HELM, forHelm), data);
                });
    }

    @Override
    public String type() {
        return "sh.keptn.internal.event.service.create";
    }

    @Override
    public String failure(Command command) {
        return "Failed to create service " + service(command) + " in project " + project(command);
    }

    @Override
    public boolean isEndedByService(Command command) {
        return command.parameters().path(FOR_HELM).asBoolean();
    }

    @Override
    public Uni<Void> work(Command command) {
        report(command, "Creating new Keptn service " + service(command) + " in stage ");
        return configuration
                .createService(project(command), service(command))
                .onFailure()
                .recoverWithUni(failure -> unlessDone(command, failure));
    }

    /** A chart is for helm-service, which reports until it has installed it; where nobody follows, there is none. */
    private Uni<Boolean> isForHelm(CreateService service) {
        return service.helmChart().isEmpty() ? Uni.createFrom().item(false) : datastore.hasFollowers();
    }

    private static void checkStrategy(String strategy) {
        if (strategy == null || !STRATEGIES.contains(strategy)) {
            throw ApiException.badRequest("The deployment strategy " + strategy + " is invalid");
        }
    }

    private static byte[] decode(String chart) {
        try {
            return Base64.getDecoder().decode(chart.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("helmChart is not valid base64");
        }
    }
}
