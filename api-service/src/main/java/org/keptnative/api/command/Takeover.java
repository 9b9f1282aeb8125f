package org.keptnative.api.command;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes over the commands of replicas that have not shown for a while that they live. */
@Startup
@ApplicationScoped
class Takeover {

    private static final Logger LOG = Logger.getLogger(Takeover.class);
    private static final int EVERY_MILLIS = 2_000;
    /** Looks without a sign of life. Counted rather than timed: while the database is away, nobody can give one. */
    private static final int PATIENCE = 5;

    private final CommandStore store;
    private final Commands commands;
    private final Vertx vertx;
    private final long timer;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private Map<CommandStore.Owned, Integer> looks = new HashMap<>();

    Takeover(CommandStore store, Commands commands, Vertx vertx) {
        this.store = store;
        this.commands = commands;
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(EVERY_MILLIS, now -> look());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    /** One look at a time: several that come back together would see no sign of life in between. */
    private void look() {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        store.live()
                .chain(store::ofOthers)
                .onTermination()
                .invoke(() -> isLooking.set(false))
                .subscribe()
                .with(this::compare, failure -> LOG.debugf("event=commands-unread reason=%s", failure));
    }

    private synchronized void compare(List<CommandStore.Owned> others) {
        Map<CommandStore.Owned, Integer> unchanged = new HashMap<>();
        for (CommandStore.Owned other : others) {
            int count = looks.getOrDefault(other, 0) + 1;
            unchanged.put(other, count);
            if (count > PATIENCE) {
                takeOver(other);
            }
        }
        looks = unchanged;
    }

    private void takeOver(CommandStore.Owned abandoned) {
        Command command = abandoned.command();
        store.takeOver(abandoned)
                .subscribe()
                .with(
                        mine -> {
                            if (mine) {
                                LOG.infof(
                                        "event=command-taken-over type=%s context=%s",
                                        command.type(), command.context());
                                commands.goOn(command);
                            }
                        },
                        failure -> LOG.warnf(
                                "event=command-not-taken-over context=%s reason=%s", command.context(), failure));
    }
}
