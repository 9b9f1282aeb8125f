package org.keptnative.api.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.auth.Seal;
import org.keptnative.api.client.Configuration;
import org.keptnative.api.command.Command;
import org.keptnative.api.command.CommandHandler;
import org.keptnative.api.command.Commands;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;
import org.keptnative.api.progress.Progress;

import java.util.Base64;
import java.util.stream.Stream;

/** Creates a project with its stages. */
@ApplicationScoped
class ProjectCreation implements CommandHandler {

    private static final String PROJECT = "projectName";
    private static final String STAGES = "stages";
    private static final String STAGE = "stageName";
    private static final String GIT_TOKEN = "gitToken";
    /** What is no part of the request to configuration-service. */
    private static final String EXISTED = "existed";

    private static final String HAS_SEQUENCES = "hasSequences";

    private final Commands commands;
    private final Configuration configuration;
    private final Progress progress;
    private final Seal seal;

    ProjectCreation(Commands commands, Configuration configuration, Progress progress, Seal seal) {
        this.commands = commands;
        this.configuration = configuration;
        this.progress = progress;
        this.seal = seal;
    }

    Uni<Commands.Running> take(CreateProject project) {
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
        ObjectNode parameters = parameters(project, yaml, shipyard);
        // Asked first so that nothing is recorded that cannot even be begun.
        return configuration
                .project(project.name())
                .flatMap(existing -> commands.take(type(), parameters.put(EXISTED, existing.isPresent()), data));
    }

    @Override
    public String type() {
        return "sh.keptn.internal.event.project.create";
    }

    @Override
    public String failure(Command command) {
        return "Failed to create project " + name(command);
    }

    @Override
    public Uni<Void> work(Command command) {
        ObjectNode project = command.parameters().deepCopy();
        boolean existed = project.remove(EXISTED).asBoolean();
        project.remove(HAS_SEQUENCES);
        if (project.has(GIT_TOKEN)) {
            project.put(
                    GIT_TOKEN,
                    seal.open(project.get(GIT_TOKEN).textValue())
                            .orElseThrow(() -> new ApiException(503, "the API token has changed meanwhile")));
        }
        return configuration
                .createProject(project)
                .onFailure()
                .recoverWithUni(failure -> isDone(command, existed)
                        .flatMap(done -> done
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom().failure(failure)))
                .invoke(() -> report(command));
    }

    /** Whether the project is there because it has been created for this command before. */
    private Uni<Boolean> isDone(Command command, boolean existed) {
        return !command.isAgain() || existed
                ? Uni.createFrom().item(false)
                : configuration.project(name(command)).map(project -> project.isPresent());
    }

    private void report(Command command) {
        String context = command.context();
        progress.info(context, "Project " + name(command) + " created");
        command.parameters()
                .path(STAGES)
                .forEach(stage ->
                        progress.info(context, "Stage " + stage.path(STAGE).asText() + " created"));
        if (command.parameters().path(HAS_SEQUENCES).asBoolean()) {
            progress.info(context, "The sequences of the shipyard are kept with it, but not carried out here");
        }
        progress.info(context, "Project successfully created");
    }

    private static String name(Command command) {
        return command.parameters().path(PROJECT).asText();
    }

    private ObjectNode parameters(CreateProject project, byte[] yaml, Shipyard shipyard) {
        ObjectNode parameters = JsonNodeFactory.instance
                .objectNode()
                .put(PROJECT, project.name())
                .put("shipyard", Base64.getEncoder().encodeToString(yaml))
                .put(HAS_SEQUENCES, shipyard.hasSequences());
        shipyard.stages()
                .forEach(stage -> parameters.withArray(STAGES).addObject().put(STAGE, stage.name()));
        if (isGiven(project.gitRemoteURL())) {
            parameters
                    .put("gitUser", project.gitUser())
                    .put(GIT_TOKEN, seal.close(project.gitToken()))
                    .put("gitRemoteURI", project.gitRemoteURL());
        }
        return parameters;
    }

    private static void checkGit(CreateProject project) {
        long given = Stream.of(project.gitUser(), project.gitToken(), project.gitRemoteURL())
                .filter(ProjectCreation::isGiven)
                .count();
        if (given != 0 && given != 3) {
            throw ApiException.badRequest("gitUser, gitToken and gitRemoteURL must be given together or not at all");
        }
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isEmpty();
    }
}
