package org.keptnative.configuration.history;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

/**
 * Changes {@link HistoryDocument} by one atomic update each. The condition of every update makes it independent of the
 * order in which events arrive, and a repetition changes nothing. Whoever changes a document gives its stage another
 * version then ({@link VersionStore#renew}).
 */
@ApplicationScoped
class HistoryStore implements PanacheMongoRepositoryBase<HistoryDocument, String> {

    /** How many closings a document remembers; events would have to be overtaken by as many others to be misjudged. */
    static final int REMEMBERED_CLOSINGS = 1000;

    /** Above the number of services a page of projects usually has, so that one round trip brings them all. */
    private static final int BATCH_SIZE = 5000;

    /** The error of a document that is larger than MongoDB allows, and that of an update which would make it so. */
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419);

    private static final PushOptions BOUNDED = new PushOptions().slice(-REMEMBERED_CLOSINGS);

    /** Of so many types the last event is kept; the type that was last seen longest ago makes room for another one. */
    static final int MAX_TYPES = 300;

    /** So many approvals or remediations of a service are open at most; the oldest ones make room. */
    static final int MAX_OPEN = 1000;

    private static final PushOptions NEWEST = new PushOptions().slice(-MAX_OPEN);

    private final VersionStore versions;

    HistoryStore(VersionStore versions) {
        this.versions = versions;
    }

    /** What happened to those of the services that have a document. */
    Map<ServiceId, ServiceState> states(Collection<ServiceId> services) {
        Map<String, ServiceId> ids = new HashMap<>();
        services.forEach(service -> ids.put(HistoryDocument.id(service), service));
        Map<ServiceId, ServiceState> states = new HashMap<>();
        if (!ids.isEmpty()) {
            find(ids.keySet()).forEach(document -> states.put(ids.get(document.id), document.toState()));
        }
        return states;
    }

    /** The document of a service; an empty one when there is none. */
    HistoryDocument get(ServiceId service) {
        return Optional.ofNullable(find(List.of(HistoryDocument.id(service))).first())
                .orElseGet(HistoryDocument::new);
    }

    /** Reads documents without what they keep for later decisions only. */
    private FindIterable<HistoryDocument> find(Collection<String> ids) {
        return mongoCollection()
                .find(in("_id", ids))
                .projection(exclude("closedApprovals", "closedRemediations"))
                .batchSize(BATCH_SIZE);
    }

    void forgetProject(String project) {
        mongoCollection().deleteMany(eq("project", project));
        versions.forget(project);
    }

    void forgetStage(String project, String stage) {
        mongoCollection().deleteMany(and(eq("project", project), eq("stage", stage)));
        versions.forget(project, stage);
    }

    void forgetService(String project, List<String> stages, String service) {
        mongoCollection().deleteMany(and(eq("project", project), in("stage", stages), eq("service", service)));
    }

    /** Serves the deletions; all else goes by the id. */
    void createIndexes() {
        mongoCollection()
                .createIndex(
                        ascending("project", "stage", "service"), new IndexOptions().name("project_stage_service"));
    }

    /** Keeps the event as the last one of its type unless a newer one is known. */
    void record(ServiceId service, String type, LastEvent event) {
        String key = EventTypeKey.encode(type);
        Bson older = olderThan(field(key), event.time(), event.eventId());
        if (updateExisting(service, and(exists(field(key)), older), set(field(key), event))) {
            return;
        }
        // The type is new, a newer event of it is known, or somebody else has recorded the type just now.
        Map<String, LastEvent> known = Objects.requireNonNullElse(get(service).lastEvents, Map.of());
        List<Bson> changes = new ArrayList<>(List.of(set(field(key), event)));
        if (!known.containsKey(key)) {
            oldest(known).forEach(oldest -> changes.add(unset(field(oldest))));
        }
        update(service, older, combine(changes));
    }

    /** The types, as keys, that have to make room for another one. */
    private static List<String> oldest(Map<String, LastEvent> known) {
        return known.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().time()))
                .limit(Math.max(0, known.size() - MAX_TYPES + 1))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String field(String typeKey) {
        return "lastEvents." + typeKey;
    }

    void deployed(ServiceId service, Deployment deployment) {
        update(
                service,
                olderThan("deployment", deployment.time(), deployment.eventId()),
                set("deployment", deployment));
    }

    /** Opens an approval whatever happened to its event before: the caller knows. */
    void openByCall(ServiceId service, OpenApproval approval) {
        update(service, ne("approvals.eventId", approval.eventId()), pushEach("approvals", List.of(approval), NEWEST));
    }

    /** Opens the approval that an event asks for, unless it is open or was closed. */
    void openByEvent(ServiceId service, OpenApproval approval) {
        update(
                service,
                and(ne("approvals.eventId", approval.eventId()), ne("closedApprovals", approval.eventId())),
                pushEach("approvals", List.of(approval), NEWEST));
    }

    /** Closes an approval, also one whose opening event is still to come. */
    void closeByEvent(ServiceId service, String eventId) {
        update(service, or(eq("approvals.eventId", eventId), ne("closedApprovals", eventId)), closing(eventId));
    }

    /** @return whether the approval was open */
    boolean closeByCall(ServiceId service, String eventId) {
        return updateExisting(service, eq("approvals.eventId", eventId), closing(eventId));
    }

    /** As {@link #openByCall(ServiceId, OpenApproval)}. */
    void openByCall(ServiceId service, OpenRemediation remediation) {
        update(
                service,
                ne("remediations.eventId", remediation.eventId()),
                pushEach("remediations", List.of(remediation), NEWEST));
    }

    /** Opens a remediation unless it is open or its context was closed after it. */
    void openByEvent(ServiceId service, OpenRemediation remediation) {
        update(
                service,
                and(
                        ne("remediations.eventId", remediation.eventId()),
                        not(closedSince(remediation.keptnContext(), remediation.opened()))),
                pushEach("remediations", List.of(remediation), NEWEST));
    }

    /** Closes all remediations of a context that were opened until then, also those whose events are still to come. */
    void closeByEvent(ServiceId service, ClosedRemediation closed) {
        Bson openUntilThen = new Document("keptnContext", closed.keptnContext())
                .append("opened", new Document("$lte", closed.closed()));
        update(
                service,
                or(elemMatch("remediations", openUntilThen), not(closedSince(closed.keptnContext(), closed.closed()))),
                combine(pull("remediations", openUntilThen), remember(closed)));
    }

    /** @return whether a remediation of the context was open */
    boolean closeByCall(ServiceId service, ClosedRemediation closed) {
        Bson ofContext = eq("keptnContext", closed.keptnContext());
        return updateExisting(
                service,
                elemMatch("remediations", ofContext),
                combine(pull("remediations", ofContext), remember(closed)));
    }

    private static Bson olderThan(String field, long time, String eventId) {
        return or(
                exists(field, false),
                lt(field + ".time", time),
                and(eq(field + ".time", time), lt(field + ".eventId", eventId)));
    }

    private static Bson closing(String eventId) {
        return combine(
                pull("approvals", eq("eventId", eventId)), pushEach("closedApprovals", List.of(eventId), BOUNDED));
    }

    private static Bson closedSince(String context, long time) {
        return elemMatch("closedRemediations", and(eq("keptnContext", context), gte("closed", time)));
    }

    private static Bson remember(ClosedRemediation closed) {
        return pushEach("closedRemediations", List.of(closed), BOUNDED);
    }

    /** Creates the document if need be. */
    private void update(ServiceId service, Bson condition, Bson change) {
        Bson creation = combine(
                change,
                setOnInsert("project", service.project()),
                setOnInsert("stage", service.stage()),
                setOnInsert("service", service.service()));
        try {
            update(service, condition, creation, new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            // There is a document: the condition does not hold, or somebody else has created it just now.
            updateExisting(service, condition, change);
        }
    }

    /** @return whether there is such a document, and the condition holds */
    private boolean updateExisting(ServiceId service, Bson condition, Bson change) {
        return update(service, condition, change, new UpdateOptions()).getMatchedCount() > 0;
    }

    private UpdateResult update(ServiceId service, Bson condition, Bson change, UpdateOptions options) {
        try {
            return mongoCollection().updateOne(and(eq("_id", HistoryDocument.id(service)), condition), change, options);
        } catch (BsonMaximumSizeExceededException e) {
            throw tooLarge(e);
        } catch (MongoWriteException e) {
            throw TOO_LARGE.contains(e.getCode()) ? tooLarge(e) : e;
        }
    }

    private static ApiException tooLarge(Exception cause) {
        return new ApiException(413, "there is too much to remember about this service", cause);
    }
}
