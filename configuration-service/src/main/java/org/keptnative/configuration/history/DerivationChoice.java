package org.keptnative.configuration.history;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.event.EventLog;
import org.keptnative.configuration.history.HistoryConfig.Derive;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether approvals and remediations are derived from events. Unless a person has decided, they are as long as
 * nobody but this service follows the event log: on a bus, and at another follower, may be the services that call.
 */
@Singleton
class DerivationChoice {

    private static final Logger LOG = Logger.getLogger(DerivationChoice.class);
    private static final String THIS_SERVICE = "configuration-service";
    private static final int SECONDS_BETWEEN_QUESTIONS = 60;

    /** @param reason for a person who wonders */
    record Choice(boolean derive, String reason) {}

    private final Derive wanted;
    private final EventLog log;
    private final ScheduledExecutorService executor;
    private volatile Choice current;
    private int secondsToWait = 1;

    DerivationChoice(HistoryConfig config, EventLog log, ScheduledExecutorService executor) {
        this.wanted = config.deriveApprovalsAndRemediations();
        this.log = log;
        this.executor = executor;
        // An approval that nobody opens is worse than one that two open, which is still one.
        current = wanted == Derive.AUTOMATIC
                ? new Choice(true, "the event log has not answered yet")
                : new Choice(wanted == Derive.TRUE, "configured");
    }

    Choice current() {
        return current;
    }

    @Startup
    void begin() {
        if (wanted == Derive.AUTOMATIC) {
            executor.execute(this::ask);
        } else {
            report();
        }
    }

    /** Once a minute, since followers come and go; more often until there is a first answer. */
    void ask() {
        try {
            choose(log.followers().followers());
            secondsToWait = SECONDS_BETWEEN_QUESTIONS;
        } catch (RuntimeException e) {
            LOG.debugf("event=followers-unknown reason=%s", e.getMessage());
            secondsToWait = Math.min(2 * secondsToWait, SECONDS_BETWEEN_QUESTIONS);
        }
        executor.schedule(this::ask, secondsToWait, TimeUnit.SECONDS);
    }

    private void choose(List<EventLog.Follower> followers) {
        List<String> others = followers.stream()
                .map(EventLog.Follower::name)
                .filter(name -> !THIS_SERVICE.equals(name))
                .sorted()
                .toList();
        Choice choice = others.isEmpty()
                ? new Choice(true, "nobody else follows the event log")
                : new Choice(false, "the event log is followed by " + String.join(", ", others));
        if (!choice.equals(current)) {
            current = choice;
            report();
        }
    }

    private void report() {
        LOG.infof(
                "event=derivation-of-approvals-and-remediations derive=%s reason=\"%s\"",
                current.derive(), current.reason());
    }
}
