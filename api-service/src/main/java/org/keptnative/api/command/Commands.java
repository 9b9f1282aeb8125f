package org.keptnative.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.keptnative.api.event.EventContext;
import org.keptnative.api.event.EventLog;
import org.keptnative.api.progress.Progress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Records commands, carries them out and reports how they end; whether the client still listens does not matter, nor
 * whether this replica lives until then.
 */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final Duration WITHDRAWING = Duration.ofHours(1);

    /** @param outcome completes when the work is done, with an ApiException when it failed */
    public record Running(EventContext context, CompletableFuture<Void> outcome) {}

    private final CommandStore store;
    private final EventLog log;
    private final Progress progress;
    private final Map<String, CommandHandler> handlers;

    Commands(CommandStore store, EventLog log, Progress progress, @All List<CommandHandler> handlers) {
        this.store = store;
        this.log = log;
        this.progress = progress;
        this.handlers = handlers.stream().collect(Collectors.toMap(CommandHandler::type, Function.identity()));
    }

    /**
     * Records a command, then begins it; fails, and does nothing, when it cannot be recorded.
     *
     * @param data of the event that tells of it
     */
    public Uni<Running> take(String type, ObjectNode parameters, ObjectNode data) {
        EventContext context = log.newContext();
        Command command =
                new Command(context.keptnContext(), type, UUID.randomUUID().toString(), parameters, false);
        return store.add(command)
                .chain(() -> tell(command, context, data))
                .onFailure()
                .invoke(() -> withdraw(command))
                .map(told -> new Running(context, run(command)));
    }

    /** It may be recorded where the answer to that was lost. Not for ever: in an outage there would be ever more to do. */
    private void withdraw(Command command) {
        store.remove(command)
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .expireIn(WITHDRAWING.toMillis())
                .subscribe()
                .with(removed -> {}, failure -> LOG.warnf("event=command-not-withdrawn context=%s", command.context()));
    }

    private Uni<?> tell(Command command, EventContext context, ObjectNode data) {
        return handlers.get(command.type()).isToldFirst()
                ? log.store(command.type(), command.eventId(), context, data)
                : Uni.createFrom().voidItem();
    }

    /** Goes on with what another replica began. One that is not in the log was never acknowledged, and is dropped. */
    void goOn(Command command) {
        CommandHandler handler = handlers.get(command.type());
        Uni<Boolean> isTaken = handler == null || !handler.isToldFirst()
                ? Uni.createFrom().item(handler != null)
                : log.isStored(command.eventId());
        isTaken.onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely()
                .subscribe()
                .with(taken -> {
                    if (taken) {
                        run(command);
                    } else {
                        remove(command);
                    }
                });
    }

    private CompletableFuture<Void> run(Command command) {
        CommandHandler handler = handlers.get(command.type());
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Uni.createFrom()
                .deferred(() -> handler.work(command))
                .subscribe()
                .with(
                        done -> {
                            LOG.infof("event=command-done type=%s context=%s", command.type(), command.context());
                            outcome.complete(null);
                            finish(
                                    command,
                                    () -> handler.isEndedByService(command)
                                            ? Uni.createFrom().voidItem()
                                            : progress.terminate(command.context()));
                        },
                        failure -> {
                            LOG.warnf(
                                    "event=command-failed type=%s context=%s reason=%s",
                                    command.type(), command.context(), failure.getMessage());
                            outcome.completeExceptionally(failure);
                            finish(command, () -> {
                                progress.error(
                                        command.context(), handler.failure(command) + ": " + failure.getMessage());
                                return progress.terminate(command.context());
                            });
                        });
        return outcome;
    }

    /** The command is forgotten when its end is told; if this replica dies in between, another one does both. */
    private void finish(Command command, Supplier<Uni<Void>> tellEnd) {
        store.isOwn(command)
                .onFailure()
                .recoverWithItem(true)
                .chain(isOwn -> isOwn ? tellEnd.get() : Uni.createFrom().voidItem())
                .subscribe()
                .with(told -> remove(command), failure -> remove(command));
    }

    private void remove(Command command) {
        store.remove(command)
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely()
                .subscribe()
                .with(removed -> {});
    }
}
