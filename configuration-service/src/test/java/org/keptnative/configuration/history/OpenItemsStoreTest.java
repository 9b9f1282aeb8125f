package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;

import java.util.List;
import java.util.stream.IntStream;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

/** What is open of a service: approvals and remediations. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class OpenItemsStoreTest extends HistoryStoreFixture {

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
}
