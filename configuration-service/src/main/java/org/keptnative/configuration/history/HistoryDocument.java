package org.keptnative.configuration.history;

import io.quarkus.mongodb.panache.PanacheMongoEntityBase;
import io.quarkus.mongodb.panache.common.MongoEntity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.keptnative.configuration.service.Approval;
import org.keptnative.configuration.service.EventContext;
import org.keptnative.configuration.service.Remediation;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;
import org.keptnative.configuration.service.ServiceState.Happened;
import org.keptnative.configuration.service.ServiceState.Open;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What happened to one service in one stage. {@link HistoryStore} alone changes it, field by field.
 *
 * <p>All times are nanoseconds since the epoch. What is absent in the database is null here.
 */
@MongoEntity(collection = "serviceHistory")
public class HistoryDocument extends PanacheMongoEntityBase {

    @BsonId
    public String id;

    public String project;
    public String stage;
    public String service;

    /**
     * When the installation that it was imported from says it was created, in nanoseconds since the epoch; null for as its
     * metadata say.
     */
    public String creationDate;

    /** The newest event of each type, by {@link EventTypeKey}. */
    public Map<String, LastEvent> lastEvents;

    public Deployment deployment;
    public List<OpenApproval> approvals;
    public List<OpenRemediation> remediations;

    /** Event ids of approvals that are closed, the latest last, so that a late or repeated event opens none again. */
    public List<String> closedApprovals;

    public List<ClosedRemediation> closedRemediations;

    /** No name holds a slash and no creation date an at sign, so two services never share an id. */
    static String id(ServiceId service) {
        return service.project() + "/" + service.stage() + "/" + service.service() + "@" + service.created();
    }

    /** As clients see it. */
    ServiceState toState() {
        return ServiceState.of(
                new Happened(deployment == null ? null : deployment.image(), lastEventTypes()),
                new Open(openApprovals(), openRemediations()),
                creationDate);
    }

    private Map<String, EventContext> lastEventTypes() {
        Map<String, EventContext> types = new TreeMap<>();
        if (lastEvents != null) {
            lastEvents.forEach((key, event) -> types.put(
                    EventTypeKey.decode(key),
                    new EventContext(event.eventId(), event.keptnContext(), Long.toString(event.time()))));
        }
        return types;
    }

    /** What was opened first comes first. */
    List<Approval> openApprovals() {
        return Stream.ofNullable(approvals)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(OpenApproval::opened).thenComparing(OpenApproval::eventId))
                .map(a -> new Approval(a.eventId(), a.keptnContext(), a.time(), a.image(), a.tag()))
                .toList();
    }

    /** What was opened first comes first. */
    List<Remediation> openRemediations() {
        return Stream.ofNullable(remediations)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(OpenRemediation::opened).thenComparing(OpenRemediation::eventId))
                .map(r -> new Remediation(r.eventId(), r.keptnContext(), r.time(), r.type(), r.action()))
                .toList();
    }

    @RegisterForReflection
    public record LastEvent(String eventId, String keptnContext, long time) {}

    /** @param image the image with its tag, for example {@code docker.io/acme/carts:0.12.1} */
    @RegisterForReflection
    public record Deployment(String image, String eventId, long time) {}

    /**
     * @param time as clients show it: of any format when it was given by a caller
     * @param opened when it was opened, for the order
     */
    @RegisterForReflection
    public record OpenApproval(
            String eventId, String keptnContext, String time, String image, String tag, long opened) {}

    /** As {@link OpenApproval}; {@code type} is an event type, {@code action} the action in progress. */
    @RegisterForReflection
    public record OpenRemediation(
            String eventId, String keptnContext, String time, String type, String action, long opened) {}

    /** All remediations of the context that were opened until {@code closed} are closed. */
    @RegisterForReflection
    public record ClosedRemediation(String keptnContext, long closed) {}
}
