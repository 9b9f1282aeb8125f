package org.keptnative.api.project;

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
import org.keptnative.api.event.EventContext;
import org.keptnative.api.event.EventLog;
import org.keptnative.api.progress.Progress;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/** Creates and deletes whole projects. */
@ApplicationScoped
class ProjectCommands {

    private static final String CREATE = "sh.keptn.internal.event.project.create";
    private static final String DELETE = "sh.keptn.internal.event.project.delete";
    private static final int RETRIES = 5;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final Commands commands;
    private final Configuration configuration;
    private final Datastore datastore;
    private final EventLog log;
    private final Progress progress;

    ProjectCommands(
            Commands commands, Configuration configuration, Datastore datastore, EventLog log, Progress progress) {
        this.commands = commands;
        this.configuration = configuration;
        this.datastore = datastore;
        this.log = log;
        this.progress = progress;
    }

    Uni<Commands.Running> create(CreateProject project) {
        Names.checkProject(project.name());
        byte[] yaml = Shipyard.decode(project.shipyard());
        Shipyard shipyard = Shipyard.parse(yaml);
        checkGit(project);

        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("project", project.name())
                .put("shipyard", project.shipyard());
        if (isGiven(project.gitRemoteURL())) {
            data.put("gitRemoteURL", project.gitRemoteURL());
        }
        Command command = new Command(
                CREATE,
                "Failed to create project " + project.name(),
                false,
                context -> configuration
                        .createProject(body(project, yaml, shipyard))
                        .invoke(() -> reportCreated(context.keptnContext(), project.name(), shipyard)));
        // Asked first so that nothing is recorded that cannot even be begun.
        return configuration.project(project.name()).flatMap(existing -> commands.record(command, data));
    }

    private void reportCreated(String context, String project, Shipyard shipyard) {
        progress.info(context, "Project " + project + " created");
        shipyard.stages().forEach(stage -> progress.info(context, "Stage " + stage.name() + " created"));
        if (shipyard.hasSequences()) {
            progress.info(context, "The sequences of the shipyard are kept with it, but not carried out here");
        }
        progress.info(context, "Project successfully created");
    }

    /** The event comes last: it makes the event log forget the project. Either half may be done again. */
    Uni<Commands.Running> delete(String project) {
        Names.checkProject(project);
        // Both are asked first so that the project does not disappear from one of them only.
        return datastore
                .events(Map.of("project", project, "pageSize", "1"))
                .chain(() -> configuration.project(project))
                .map(existing -> commands.start(new Command(
                        DELETE,
                        "Faild to delete project " + project, // as the original spells it
                        false,
                        context -> configuration
                                .deleteProject(project)
                                .chain(() -> forgetEvents(context, project))
                                .map(done -> existing.orElseThrow(() -> ApiException.notFound("Project not found")))
                                .invoke(found -> reportDeleted(context.keptnContext(), found))
                                .replaceWithVoid())));
    }

    private Uni<EventContext> forgetEvents(EventContext context, String project) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("project", project);
        return log.store(DELETE, context, data)
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .atMost(RETRIES);
    }

    private void reportDeleted(String context, JsonNode project) {
        String remote = project.path("gitRemoteURI").textValue();
        if (isGiven(remote)) {
            progress.info(context, "The upstream repository " + remote + " is not deleted");
        }
        progress.info(context, "Project successfully deleted");
    }

    private static ObjectNode body(CreateProject project, byte[] yaml, Shipyard shipyard) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("projectName", project.name())
                .put("shipyard", Base64.getEncoder().encodeToString(yaml));
        shipyard.stages().forEach(stage -> body.withArray("stages").addObject().put("stageName", stage.name()));
        if (isGiven(project.gitRemoteURL())) {
            body.put("gitUser", project.gitUser())
                    .put("gitToken", project.gitToken())
                    .put("gitRemoteURI", project.gitRemoteURL());
        }
        return body;
    }

    private static void checkGit(CreateProject project) {
        long given = Stream.of(project.gitUser(), project.gitToken(), project.gitRemoteURL())
                .filter(ProjectCommands::isGiven)
                .count();
        if (given != 0 && given != 3) {
            throw ApiException.badRequest("gitUser, gitToken and gitRemoteURL must be given together or not at all");
        }
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isEmpty();
    }
}
