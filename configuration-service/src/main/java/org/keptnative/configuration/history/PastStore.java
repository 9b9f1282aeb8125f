package org.keptnative.configuration.history;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.ReplaceOptions;
import jakarta.inject.Singleton;
import org.keptnative.configuration.service.ServiceId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;

/** Hands out all that is remembered of a service, and takes it in. */
@Singleton
public class PastStore {

    private final HistoryStore store;
    private final VersionStore versions;

    PastStore(HistoryStore store, VersionStore versions) {
        this.store = store;
        this.versions = versions;
    }

    public Optional<ServicePast> of(ServiceId service) {
        return Optional.ofNullable(store.mongoCollection()
                        .find(eq("_id", HistoryDocument.id(service)))
                        .first())
                .map(PastStore::past);
    }

    /** What is remembered of just this service already stays: it is no older. */
    public void restore(ServiceId service, ServicePast past) {
        HistoryDocument document = new HistoryDocument();
        document.id = HistoryDocument.id(service);
        document.project = service.project();
        document.stage = service.stage();
        document.service = service.service();
        document.creationDate = past.creationDate();
        if (past.lastEvents() != null) {
            document.lastEvents = new HashMap<>();
            past.lastEvents().forEach((type, event) -> document.lastEvents.put(EventTypeKey.encode(type), event));
        }
        document.deployment = past.deployment();
        document.approvals = past.approvals();
        document.remediations = past.remediations();
        document.closedApprovals = past.closedApprovals();
        document.closedRemediations = past.closedRemediations();
        try {
            store.mongoCollection()
                    .replaceOne(
                            and(eq("_id", document.id), ne("creationDate", document.creationDate)),
                            document,
                            new ReplaceOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        versions.renew(service.project(), service.stage());
    }

    private static ServicePast past(HistoryDocument document) {
        Map<String, HistoryDocument.LastEvent> events = null;
        if (document.lastEvents != null) {
            events = new HashMap<>();
            for (Map.Entry<String, HistoryDocument.LastEvent> event : document.lastEvents.entrySet()) {
                events.put(EventTypeKey.decode(event.getKey()), event.getValue());
            }
        }
        return new ServicePast(
                document.creationDate,
                events,
                document.deployment,
                document.approvals,
                document.remediations,
                document.closedApprovals,
                document.closedRemediations);
    }
}
