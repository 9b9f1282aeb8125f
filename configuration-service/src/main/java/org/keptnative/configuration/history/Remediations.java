package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.Remediation;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;

/** The remediations that are going on, opened and closed by calls. */
@Singleton
class Remediations {

    private static final String COULD_NOT_CLOSE = "Could not close remediation: ";

    private final KnownServices services;
    private final HistoryReader reader;
    private final HistoryStore store;

    Remediations(KnownServices services, HistoryReader reader, HistoryStore store) {
        this.services = services;
        this.reader = reader;
        this.store = store;
    }

    List<Remediation> of(String project, String stage, String service) {
        return reader.of(services.get(project, stage, service)).openRemediations();
    }

    List<Remediation> ofContext(String project, String stage, String service, String keptnContext) {
        return of(project, stage, service).stream()
                .filter(remediation -> keptnContext.equals(remediation.keptnContext()))
                .toList();
    }

    /** Changes nothing when a remediation of this event is open already. */
    void open(String project, String stage, String service, Remediation remediation) {
        ServiceId known = services.get(project, stage, service);
        if (remediation.eventId() == null || remediation.eventId().isEmpty()) {
            throw ApiException.badRequest("eventId must not be empty");
        }
        store.openByCall(
                known,
                new OpenRemediation(
                        remediation.eventId(),
                        remediation.keptnContext(),
                        remediation.time(),
                        remediation.type(),
                        remediation.action(),
                        Nanoseconds.now()));
    }

    /** Closes all that belong to the context. */
    void close(String project, String stage, String service, String keptnContext) {
        ServiceId known = services.get(
                project, stage, service, () -> ApiException.badRequest(COULD_NOT_CLOSE + "service not found"));
        if (!store.closeByCall(known, new ClosedRemediation(keptnContext, Nanoseconds.now()))) {
            throw ApiException.notFound(COULD_NOT_CLOSE + "open remediation not found");
        }
    }
}
