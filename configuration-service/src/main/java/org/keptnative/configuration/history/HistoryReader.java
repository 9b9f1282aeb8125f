package org.keptnative.configuration.history;

import com.mongodb.MongoException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.Approval;
import org.keptnative.configuration.service.EventContext;
import org.keptnative.configuration.service.Remediation;
import org.keptnative.configuration.service.ServiceHistory;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows the documents as clients see them; what was opened first comes first. */
@Singleton
class HistoryReader implements ServiceHistory {

    private static final Logger LOG = Logger.getLogger(HistoryReader.class);

    private final HistoryStore store;

    HistoryReader(HistoryStore store) {
        this.store = store;
    }

    @Override
    public Map<ServiceId, ServiceState> of(Collection<ServiceId> services) {
        Map<String, ServiceId> ids = new HashMap<>();
        services.forEach(service -> ids.put(HistoryDocument.id(service), service));
        Map<ServiceId, ServiceState> states = new HashMap<>();
        store.find(ids.keySet(), document -> states.put(ids.get(document.id), state(document)));
        return states;
    }

    ServiceState of(ServiceId service) {
        return of(List.of(service)).getOrDefault(service, ServiceState.NONE);
    }

    @Override
    public void forgetProject(String project) {
        forget(project, () -> store.forgetProject(project));
    }

    @Override
    public void forgetStage(String project, String stage) {
        forget(project, () -> store.forgetStage(project, stage));
    }

    @Override
    public void forgetService(String project, List<String> stages, String service) {
        forget(project, () -> store.forgetService(project, stages, service));
    }

    private static void forget(String project, Runnable deletion) {
        try {
            deletion.run();
        } catch (MongoException e) {
            LOG.warnf(
                    "event=history-left-behind project=%s reason=%s",
                    project, e.getClass().getSimpleName());
        }
    }

    private static ServiceState state(HistoryDocument document) {
        return new ServiceState(
                document.deployment == null ? null : document.deployment.image(),
                lastEventTypes(document.lastEvents),
                orEmpty(document.approvals).stream()
                        .sorted(Comparator.comparing(OpenApproval::opened).thenComparing(OpenApproval::eventId))
                        .map(a -> new Approval(a.eventId(), a.keptnContext(), a.time(), a.image(), a.tag()))
                        .toList(),
                orEmpty(document.remediations).stream()
                        .sorted(Comparator.comparing(OpenRemediation::opened).thenComparing(OpenRemediation::eventId))
                        .map(r -> new Remediation(r.eventId(), r.keptnContext(), r.time(), r.type(), r.action()))
                        .toList());
    }

    private static Map<String, EventContext> lastEventTypes(Map<String, LastEvent> lastEvents) {
        Map<String, EventContext> types = new TreeMap<>();
        if (lastEvents != null) {
            lastEvents.forEach((key, event) -> types.put(
                    EventTypeKey.decode(key),
                    new EventContext(event.eventId(), event.keptnContext(), Long.toString(event.time()))));
        }
        return types;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
