package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** What was seen of a service last, and all its changes at once. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class HistoryStoreTest extends HistoryStoreFixture {

    private static final int THREADS = 32;
    private static final int ROUNDS = 20;

    @Test
    void the_type_that_was_seen_longest_ago_makes_room() {
        for (int i = 0; i < HistoryStore.MAX_TYPES + 2; i++) {
            store.record(service, "type" + i, new LastEvent("e" + i, "c", 1000 - i));
        }
        store.record(service, "type0", new LastEvent("again", "c", 2000));

        assertThat(store.findById(HistoryDocument.id(service)).lastEvents)
                .hasSize(HistoryStore.MAX_TYPES)
                .containsKeys("type0", "type1", "type" + (HistoryStore.MAX_TYPES + 1));
    }

    @Test
    void the_first_event_creates_the_document() {
        store.record(service, "sh.keptn.event.x", new LastEvent("e1", "c1", 1));

        HistoryDocument history = stored();
        assertThat(history.project).isEqualTo(service.project());
        assertThat(history.stage).isEqualTo("dev");
        assertThat(history.service).isEqualTo("carts");
        assertThat(history.lastEvents).isEqualTo(Map.of("sh%2Ekeptn%2Eevent%2Ex", new LastEvent("e1", "c1", 1)));
    }

    @Test
    void only_a_newer_event_replaces_the_last_one_of_its_type() {
        store.record(service, "t", new LastEvent("b", "c", 5));
        store.record(service, "t", new LastEvent("z", "c", 4));
        store.record(service, "t", new LastEvent("a", "c", 5));
        store.record(service, "other", new LastEvent("o", "c", 1));

        assertThat(stored().lastEvents)
                .isEqualTo(Map.of("t", new LastEvent("b", "c", 5), "other", new LastEvent("o", "c", 1)));

        store.record(service, "t", new LastEvent("d", "c", 5));
        assertThat(stored().lastEvents.get("t").eventId()).isEqualTo("d");
        store.record(service, "t", new LastEvent("a", "c", 6));
        assertThat(stored().lastEvents.get("t").eventId()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$where",
                "$set.$inc",
                "..",
                ".",
                "0",
                "%2E",
                "_id",
                "__proto__",
                "\u0000",
                "größe.日本.\uD83D\uDE00"
            })
    void a_hostile_event_type_is_a_type_like_any_other(String type) {
        store.record(service, "t", new LastEvent("e", "c", 1));
        store.record(service, type, new LastEvent("$ne", "{$gt: 1}", 1));
        store.record(service, type, new LastEvent("$ne", "{$gt: 2}", 2));

        assertThat(stored().lastEvents)
                .isEqualTo(Map.of(
                        "t",
                        new LastEvent("e", "c", 1),
                        EventTypeKey.encode(type),
                        new LastEvent("$ne", "{$gt: 2}", 2)));
    }

    @Test
    void only_a_newer_deployment_replaces_the_deployed_image() {
        store.deployed(service, new Deployment("carts:2", "e2", 2));
        store.deployed(service, new Deployment("carts:1", "e1", 1));
        store.deployed(service, new Deployment("carts:2", "e2", 2));

        assertThat(stored().deployment).isEqualTo(new Deployment("carts:2", "e2", 2));
    }

    @Test
    void parallel_updates_lose_nothing() throws Exception {
        List<Callable<Void>> updates = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String n = "%02d".formatted(i);
            int time = i;
            updates.add(update(() -> store.record(service, "type." + n, new LastEvent(n, "c", time))));
            updates.add(update(() -> store.record(service, "contended", new LastEvent(n, "c", time))));
            updates.add(update(() -> store.deployed(service, new Deployment("image:" + n, n, time))));
            updates.add(update(() -> store.openByEvent(service, approval("open-" + n, time))));
            updates.add(update(() -> store.openByEvent(service, approval("same", 1))));
            updates.add(update(() -> store.openByEvent(service, approval("closed-" + n, time))));
            updates.add(update(() -> store.closeByEvent(service, "closed-" + n)));
            updates.add(update(() -> store.openByEvent(service, remediation("r-" + n, "open", time))));
            updates.add(update(() -> store.openByEvent(service, remediation("s-" + n, "closed", time))));
            updates.add(update(() -> store.closeByEvent(service, new ClosedRemediation("closed", THREADS))));
        }
        Collections.shuffle(updates);

        inParallel(updates);

        HistoryDocument history = stored();
        assertThat(history.lastEvents).hasSize(THREADS + 1);
        assertThat(history.lastEvents.get("contended").eventId()).isEqualTo("31");
        assertThat(history.deployment.image()).isEqualTo("image:31");
        assertThat(history.approvals)
                .extracting(OpenApproval::eventId)
                .hasSize(THREADS + 1)
                .doesNotHaveDuplicates();
        assertThat(history.approvals).allMatch(a -> !a.eventId().startsWith("closed"));
        assertThat(history.closedApprovals).hasSize(THREADS).doesNotHaveDuplicates();
        assertThat(history.remediations)
                .hasSize(THREADS)
                .allMatch(r -> r.keptnContext().equals("open"));
    }

    @Test
    void the_newer_of_two_first_events_of_a_type_stays() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String type = "type" + i;

            inParallel(List.of(
                    update(() -> store.record(service, type, new LastEvent("older", "c", 1))),
                    update(() -> store.record(service, type, new LastEvent("newer", "c", 2)))));

            assertThat(stored().lastEvents.get(type).eventId()).isEqualTo("newer");
        }
    }

    private static Callable<Void> update(Runnable update) {
        return () -> {
            update.run();
            return null;
        };
    }

    private static void inParallel(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
