package org.keptnative.api.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.client.Datastore;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.CommandHandler;
import org.keptnative.api.command.Commands;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.event.EventLog;
import org.keptnative.api.progress.Progress;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Deletes a project with all that belongs to it. The event log forgets its events on its own time, told by the event. */
@ApplicationScoped
class ProjectDeletion implements CommandHandler {

    private static final String PROJECT = "project";
    private static final String REMOTE = "gitRemoteURI";
    private static final String EXISTED = "existed";
    private static final int RETRIES = 5;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final Commands commands;
    private final Configuration configuration;
    private final Datastore datastore;
    private final EventLog log;
    private final Progress progress;

    ProjectDeletion(
            Commands commands, Configuration configuration, Datastore datastore, EventLog log, Progress progress) {
        this.commands = commands;
        this.configuration = configuration;
        this.datastore = datastore;
        this.log = log;
        this.progress = progress;
    }

    Uni<Commands.Running> take(String project) {
        Names.checkProject(project);
        // Both are asked first so that the project does not disappear from one of them only.
        return datastore
                .events(Map.of("project", project, "pageSize", "1"))
                .chain(() -> configuration.project(project))
                .flatMap(existing -> commands.take(type(), parameters(project, existing), null));
    }

    @Override
    public String type() {
        return "sh.keptn.internal.event.project.delete";
    }

    @Override
    public String failure(Command command) {
        return "Faild to delete project " + name(command); // as the original spells it
    }

    /** The event comes last: it makes the event log forget the project. */
    @Override
    public boolean isToldFirst() {
        return false;
    }

    @Override
    public Uni<Void> work(Command command) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put(PROJECT, name(command));
        // Who creates it at the same time may have been faster.
        return configuration
                .project(name(command))
                .flatMap(found -> configuration
                        .deleteProject(name(command))
                        .chain(() -> log.store(type(), command.eventId(), log.contextOf(command.context()), data)
                                .onFailure()
                                .retry()
                                .withBackOff(FIRST_RETRY, LAST_RETRY)
                                .atMost(RETRIES))
                        .invoke(() -> report(command, found.isPresent()))
                        .replaceWithVoid());
    }

    private void report(Command command, boolean existed) {
        if (!existed && !command.parameters().path(EXISTED).asBoolean()) {
            throw ApiException.notFound("Project not found");
        }
        String remote = command.parameters().path(REMOTE).asText();
        if (!remote.isEmpty()) {
            progress.info(command.context(), "The upstream repository " + remote + " is not deleted");
        }
        progress.info(command.context(), "Project successfully deleted");
    }

    private static ObjectNode parameters(String project, Optional<JsonNode> existing) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(PROJECT, project)
                .put(EXISTED, existing.isPresent())
                .put(
                        REMOTE,
                        existing.map(found -> found.path(REMOTE).textValue()).orElse(""));
    }

    private static String name(Command command) {
        return command.parameters().path(PROJECT).asText();
    }
}
