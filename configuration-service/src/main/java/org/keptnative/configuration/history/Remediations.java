package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.Remediation;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The remediations that are going on. */
@Singleton
class Remediations extends OpenItems<Remediation> {

    Remediations(KnownServices services, HistoryStore store, VersionStore versions) {
        super("remediation", services, store, versions);
    }

    List<Remediation> ofContext(String project, String stage, String service, String keptnContext) {
        return of(project, stage, service).stream()
                .filter(remediation -> keptnContext.equals(remediation.keptnContext()))
                .toList();
    }

    @Override
    List<Remediation> in(HistoryDocument document) {
        return document.openRemediations();
    }

    @Override
    Stream<String> texts(Remediation remediation) {
        return Stream.of(
                Objects.requireNonNullElse(remediation.eventId(), ""),
                remediation.keptnContext(),
                remediation.time(),
                remediation.type(),
                remediation.action());
    }

    @Override
    void open(ServiceId service, Remediation remediation) {
        store.openByCall(
                service,
                new OpenRemediation(
                        remediation.eventId(),
                        remediation.keptnContext(),
                        remediation.time(),
                        remediation.type(),
                        remediation.action(),
                        Nanoseconds.now()));
    }

    /** All that belong to the context. */
    @Override
    boolean close(ServiceId service, String keptnContext) {
        return store.closeByCall(service, new ClosedRemediation(keptnContext, Nanoseconds.now()));
    }
}
