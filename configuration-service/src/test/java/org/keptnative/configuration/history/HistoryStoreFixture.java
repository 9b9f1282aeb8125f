package org.keptnative.configuration.history;

import jakarta.inject.Inject;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.ServiceId;

import java.util.UUID;

/** The document of a service that nothing is known of yet. */
abstract class HistoryStoreFixture {

    @Inject
    HistoryStore store;

    final ServiceId service = new ServiceId("p-" + UUID.randomUUID(), "dev", "carts", 1L);

    HistoryDocument stored() {
        return store.findById(HistoryDocument.id(service));
    }

    static OpenApproval approval(String id, long opened) {
        return new OpenApproval(id, "c", "2020-11-16T10:00:00Z", "docker.io/acme/carts", "0.12.1", opened);
    }

    static OpenRemediation remediation(String id, String context, long opened) {
        return new OpenRemediation(id, context, "2020-11-16T10:00:00Z", "sh.keptn.event.x", "scaling", opened);
    }
}
