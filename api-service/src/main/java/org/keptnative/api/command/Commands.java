package org.keptnative.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.keptnative.api.event.EventContext;
import org.keptnative.api.event.EventLog;
import org.keptnative.api.progress.Progress;

import java.util.concurrent.CompletableFuture;

/** Records commands, carries them out and reports how they end; whether the client still listens does not matter. */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);

    /** @param outcome completes when the work is done, with an ApiException when it failed */
    public record Running(EventContext context, CompletableFuture<Void> outcome) {}

    private final EventLog log;
    private final Progress progress;

    Commands(EventLog log, Progress progress) {
        this.log = log;
        this.progress = progress;
    }

    /** Stores the event first; fails, and does nothing, when that cannot be done. */
    public Uni<Running> record(Command command, ObjectNode data) {
        return log.store(command.type(), log.newContext(), data).map(context -> run(command, context));
    }

    /** For work that stores its event itself. */
    public Running start(Command command) {
        return run(command, log.newContext());
    }

    private Running run(Command command, EventContext eventContext) {
        String context = eventContext.keptnContext();
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Uni.createFrom()
                .deferred(() -> command.work().apply(eventContext))
                .subscribe()
                .with(
                        done -> {
                            if (!command.endedByService()) {
                                progress.terminate(context);
                            }
                            LOG.infof("event=command-done type=%s context=%s", command.type(), context);
                            outcome.complete(null);
                        },
                        failure -> {
                            progress.error(context, command.failure() + ": " + failure.getMessage());
                            progress.terminate(context);
                            LOG.warnf(
                                    "event=command-failed type=%s context=%s reason=%s",
                                    command.type(), context, failure.getMessage());
                            outcome.completeExceptionally(failure);
                        });
        return new Running(eventContext, outcome);
    }
}
