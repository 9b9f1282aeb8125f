package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.service.Approval;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The approvals that wait for a decision. */
@Singleton
class Approvals extends OpenItems<Approval> {

    Approvals(KnownServices services, HistoryStore store, VersionStore versions) {
        super("approval", services, store, versions);
    }

    Approval get(String project, String stage, String service, String eventId) {
        return of(project, stage, service).stream()
                .filter(approval -> approval.eventId().equals(eventId))
                .findFirst()
                // The words of the original, which clients may match on.
                .orElseThrow(() -> ApiException.notFound("Service not found"));
    }

    @Override
    List<Approval> in(HistoryDocument document) {
        return document.openApprovals();
    }

    @Override
    Stream<String> texts(Approval approval) {
        return Stream.of(
                Objects.requireNonNullElse(approval.eventId(), ""),
                approval.keptnContext(),
                approval.time(),
                approval.image(),
                approval.tag());
    }

    @Override
    void open(ServiceId service, Approval approval) {
        store.openByCall(
                service,
                new OpenApproval(
                        approval.eventId(),
                        approval.keptnContext(),
                        approval.time(),
                        approval.image(),
                        approval.tag(),
                        Nanoseconds.now()));
    }

    @Override
    boolean close(ServiceId service, String eventId) {
        return store.closeByCall(service, eventId);
    }
}
