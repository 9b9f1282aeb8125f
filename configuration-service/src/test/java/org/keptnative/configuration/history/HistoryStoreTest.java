package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.ServiceId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class HistoryStoreTest {

    private static final int THREADS = 32;
    private static final int ROUNDS = 20;

    @Inject
    HistoryStore store;

    private final ServiceId service = new ServiceId("p-" + UUID.randomUUID(), "dev", "carts", 1L);

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
    void the_oldest_open_ones_make_room() {
        for (int i = 0; i < HistoryStore.MAX_OPEN + 3; i++) {
            store.openByEvent(service, new OpenRemediation("e" + i, "c", "", "", "", i));
        }

        assertThat(store.findById(HistoryDocument.id(service)).remediations)
                .hasSize(HistoryStore.MAX_OPEN)
                .first()
                .extracting(OpenRemediation::eventId)
                .isEqualTo("e3");
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
    void an_approval_is_open_once_and_closed_for_good() {
        store.openByEvent(service, approval("a1", 1));
        store.openByEvent(service, approval("a1", 1));
        store.openByCall(service, approval("a1", 9));
        store.openByEvent(service, approval("a2", 2));
        assertThat(stored().approvals).containsExactly(approval("a1", 1), approval("a2", 2));

        store.closeByEvent(service, "a1");
        store.closeByEvent(service, "a1");
        store.openByEvent(service, approval("a1", 1));
        assertThat(stored().approvals).containsExactly(approval("a2", 2));
        assertThat(stored().closedApprovals).containsExactly("a1");
    }

    @Test
    void an_approval_that_is_finished_before_it_is_triggered_never_opens() {
        store.closeByEvent(service, "a1");
        store.openByEvent(service, approval("a1", 1));

        assertThat(stored().approvals).isNullOrEmpty();
    }

    @Test
    void a_call_closes_what_is_open_and_says_so() {
        assertThat(store.closeByCall(service, "a1")).isFalse();

        store.openByCall(service, approval("a1", 1));
        assertThat(store.closeByCall(service, "a1")).isTrue();
        assertThat(store.closeByCall(service, "a1")).isFalse();
        store.openByEvent(service, approval("a1", 1));
        assertThat(stored().approvals).isEmpty();
    }

    @Test
    void a_call_may_open_again_what_was_closed() {
        store.closeByEvent(service, "a1");
        store.openByCall(service, approval("a1", 1));
        assertThat(stored().approvals).containsExactly(approval("a1", 1));

        store.closeByEvent(service, "a1");
        assertThat(stored().approvals).isEmpty();
    }

    @Test
    void closings_are_remembered_up_to_a_bound() {
        List<String> closed = IntStream.range(0, HistoryStore.REMEMBERED_CLOSINGS)
                .mapToObj(i -> "a" + i)
                .toList();
        store.closeByEvent(service, "a0");
        store.mongoCollection().updateOne(eq("_id", HistoryDocument.id(service)), set("closedApprovals", closed));

        for (int i = 0; i < 5; i++) {
            store.closeByEvent(service, "b" + i);
        }

        assertThat(stored().closedApprovals)
                .hasSize(HistoryStore.REMEMBERED_CLOSINGS)
                .startsWith("a5")
                .endsWith("b3", "b4");
    }

    @Test
    void the_remediations_of_a_context_are_closed_together() {
        store.openByEvent(service, remediation("r1", "ctx", 1));
        store.openByEvent(service, remediation("r2", "ctx", 2));
        store.openByEvent(service, remediation("r2", "ctx", 2));
        store.openByEvent(service, remediation("other", "other", 2));

        store.closeByEvent(service, new ClosedRemediation("ctx", 3));
        store.closeByEvent(service, new ClosedRemediation("ctx", 3));

        assertThat(stored().remediations).containsExactly(remediation("other", "other", 2));
        assertThat(stored().closedRemediations).containsExactly(new ClosedRemediation("ctx", 3));
    }

    @Test
    void a_remediation_that_is_finished_before_it_is_triggered_never_opens_but_a_later_one_does() {
        store.closeByEvent(service, new ClosedRemediation("ctx", 3));
        store.openByEvent(service, remediation("r1", "ctx", 2));
        store.openByEvent(service, remediation("r2", "ctx", 4));
        store.closeByEvent(service, new ClosedRemediation("ctx", 3));

        assertThat(stored().remediations).containsExactly(remediation("r2", "ctx", 4));
    }

    @Test
    void a_call_closes_all_remediations_of_the_context_and_says_whether_there_were_any() {
        store.openByCall(service, remediation("r1", "ctx", 1));
        store.openByCall(service, remediation("r1", "ctx", 1));
        store.openByCall(service, remediation("r2", "ctx", 99));

        assertThat(store.closeByCall(service, new ClosedRemediation("ctx", 50))).isTrue();
        assertThat(store.closeByCall(service, new ClosedRemediation("ctx", 51))).isFalse();
        assertThat(stored().remediations).isEmpty();
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

    private HistoryDocument stored() {
        return store.findById(HistoryDocument.id(service));
    }

    private static OpenApproval approval(String id, long opened) {
        return new OpenApproval(id, "c", "2020-11-16T10:00:00Z", "docker.io/acme/carts", "0.12.1", opened);
    }

    private static OpenRemediation remediation(String id, String context, long opened) {
        return new OpenRemediation(id, context, "2020-11-16T10:00:00Z", "sh.keptn.event.x", "scaling", opened);
    }
}
