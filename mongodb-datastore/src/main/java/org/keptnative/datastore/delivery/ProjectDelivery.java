package org.keptnative.datastore.delivery;

import org.jboss.logging.Logger;
import org.keptnative.datastore.follower.Follower;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Sends events of one project to one follower, one after the other. */
final class ProjectDelivery {

    private static final Logger LOG = Logger.getLogger(ProjectDelivery.class);

    /** What is delivered twice after a crash at the most; then it is another project's turn. */
    private static final Duration LONGEST_TURN = Duration.ofMillis(200);

    /** How many events are read at once, and how many characters unless a single one has more. */
    private static final int MOST = 100;

    private static final int MOST_CHARACTERS = 256_000;

    private final Follower follower;
    private final Sender sender;
    private final PendingStore store;
    private final Schedule schedule;
    private final LargeEvents largeEvents;
    private final DeliveryMetrics metrics;
    private final BooleanSupplier mayGoOn;

    /** @param mayGoOn whether no other process delivers, and this one does not end */
    ProjectDelivery(
            Follower follower,
            Sender sender,
            PendingStore store,
            Schedule schedule,
            LargeEvents largeEvents,
            DeliveryMetrics metrics,
            BooleanSupplier mayGoOn) {
        this.follower = follower;
        this.sender = sender;
        this.store = store;
        this.schedule = schedule;
        this.largeEvents = largeEvents;
        this.metrics = metrics;
        this.mayGoOn = mayGoOn;
    }

    /** Stops at the first event that must be tried again, since the later ones may not overtake it; whether there are more. */
    boolean deliver(Turn turn) throws InterruptedException {
        if (!mayGoOn.getAsBoolean()) {
            schedule.interrupted(turn);
            return true;
        }
        List<Waiting> waiting = store.ofProject(follower.name(), turn.project, MOST);
        List<Waiting> page = page(waiting);
        boolean isLarge = page.size() == 1 && page.get(0).size() > MOST_CHARACTERS;
        int held = isLarge ? largeEvents.hold(page.get(0).size()) : 0;
        try {
            return !deliver(page, turn) || page.size() < waiting.size() || waiting.size() == MOST;
        } finally {
            largeEvents.release(held);
        }
    }

    private static List<Waiting> page(List<Waiting> waiting) {
        int count = 0;
        int characters = 0;
        while (count < waiting.size() && characters + waiting.get(count).size() <= MOST_CHARACTERS) {
            characters += waiting.get(count++).size();
        }
        return waiting.subList(0, Math.min(waiting.size(), Math.max(1, count)));
    }

    /** Whether all of the page has been dealt with. */
    private boolean deliver(List<Waiting> page, Turn turn) throws InterruptedException {
        if (page.isEmpty()) {
            return true;
        }
        Map<String, String> json = store.json(page.stream().map(Waiting::key).toList());
        List<Waiting.Event> events = page.stream()
                .filter(waiting -> json.containsKey(waiting.key())) // else it has been removed meanwhile
                .map(waiting -> new Waiting.Event(waiting, json.get(waiting.key())))
                .toList();
        List<String> settled = new ArrayList<>();
        long end = System.nanoTime() + LONGEST_TURN.toNanos();
        try {
            for (int i = 0; i < events.size(); i += sender.most()) {
                if (i > 0 && System.nanoTime() - end > 0 || !mayGoOn.getAsBoolean()) {
                    return false;
                }
                if (!send(events.subList(i, Math.min(events.size(), i + sender.most())), turn, settled)) {
                    return false;
                }
            }
            return true;
        } finally {
            if (!settled.isEmpty()) {
                store.settle(follower.name(), settled);
            }
        }
    }

    /** Whether all of these have been dealt with. */
    private boolean send(List<Waiting.Event> events, Turn turn, List<String> settled) throws InterruptedException {
        boolean isSuspect = turn.broke;
        if (isSuspect && !sender.isAnswered()) {
            postpone(events.get(0).waiting(), Answer.unreachable("no answer"), false, turn);
            return false;
        }
        List<Answer> answers = sender.send(events);
        for (int i = 0; i < events.size(); i++) {
            Waiting event = events.get(i).waiting();
            Answer answer = answers.get(i);
            switch (answer.kind()) {
                case ACCEPTED -> {
                    schedule.succeeded(turn);
                    metrics.delivered(follower.name());
                    settled.add(event.key());
                }
                case REFUSED -> park(event, answer.reason(), turn);
                default -> {
                    postpone(event, answer, isSuspect, turn);
                    return false;
                }
            }
        }
        return true;
    }

    private void postpone(Waiting event, Answer answer, boolean wasWell, Turn turn) {
        if (schedule.failed(turn, answer.kind(), wasWell)) {
            boolean isFatal = answer.kind() == Answer.Kind.BROKEN;
            park(event, answer.reason() + (isFatal ? ", time and again" : ", while other events were taken"), turn);
        } else if (turn.failures == 1 && schedule.state() == Schedule.State.UP) {
            LOG.infof(
                    "event=delivery-postponed follower=%s key=%s reason=%s",
                    follower.name(), event.key(), answer.reason());
        }
    }

    private void park(Waiting event, String reason, Turn turn) {
        store.park(follower.name(), event, reason);
        schedule.parked(turn);
        LOG.warnf("event=delivery-parked follower=%s key=%s reason=%s", follower.name(), event.key(), reason);
    }
}
