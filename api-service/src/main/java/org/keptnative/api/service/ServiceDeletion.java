package org.keptnative.api.service;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.Commands;
import org.keptnative.api.progress.Progress;

/** Deletes a service from all stages of a project. */
@Singleton
class ServiceDeletion extends ServiceCommand {

    private final Commands commands;
    private final Configuration configuration;

    ServiceDeletion(Commands commands, Configuration configuration, Progress progress) {
        super(configuration, progress);
        this.commands = commands;
        this.configuration = configuration;
    }

    Uni<Commands.Running> take(String project, String service) {
        checkNames(project, service);
        return configuration
                .project(project)
                .flatMap(found -> commands.take(type(), parameters(project, service, found), data(project, service)));
    }

    @Override
    public String type() {
        return "sh.keptn.internal.event.service.delete";
    }

    @Override
    public String failure(Command command) {
        return "Failed to delete service " + service(command) + " from project " + project(command);
    }

    @Override
    public Uni<Void> work(Command command) {
        report(command, "Deleting Keptn service " + service(command) + " from stage ");
        return configuration
                .deleteService(project(command), service(command))
                .onFailure()
                .recoverWithUni(failure -> unlessDone(command, failure));
    }
}
