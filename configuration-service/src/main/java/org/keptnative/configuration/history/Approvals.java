package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.service.Approval;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;

/** The approvals that wait for a decision, opened and closed by calls. */
@Singleton
class Approvals {

    private static final String COULD_NOT_CLOSE = "Could not close approval: ";

    private final KnownServices services;
    private final HistoryReader reader;
    private final HistoryStore store;

    Approvals(KnownServices services, HistoryReader reader, HistoryStore store) {
        this.services = services;
        this.reader = reader;
        this.store = store;
    }

    List<Approval> of(String project, String stage, String service) {
        return reader.of(services.get(project, stage, service)).openApprovals();
    }

    Approval get(String project, String stage, String service, String eventId) {
        return of(project, stage, service).stream()
                .filter(approval -> approval.eventId().equals(eventId))
                .findFirst()
                // The words of the original, which clients may match on.
                .orElseThrow(() -> ApiException.notFound("Service not found"));
    }

    /** Changes nothing when the approval is open already. */
    void open(String project, String stage, String service, Approval approval) {
        ServiceId known = services.get(project, stage, service);
        if (approval.eventId() == null || approval.eventId().isEmpty()) {
            throw ApiException.badRequest("eventId must not be empty");
        }
        store.openByCall(
                known,
                new OpenApproval(
                        approval.eventId(),
                        approval.keptnContext(),
                        approval.time(),
                        approval.image(),
                        approval.tag(),
                        Nanoseconds.now()));
    }

    void close(String project, String stage, String service, String eventId) {
        ServiceId known = services.get(
                project, stage, service, () -> ApiException.badRequest(COULD_NOT_CLOSE + "service not found"));
        if (!store.closeByCall(known, eventId)) {
            throw ApiException.notFound(COULD_NOT_CLOSE + "open approval not found");
        }
    }
}
