package org.keptnative.configuration.history;

import com.mongodb.MongoException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.service.ServiceHistory;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What happened to the services, for those who show them; it is never a reason to show nothing at all. */
@Singleton
class HistoryReader implements ServiceHistory {

    private static final Logger LOG = Logger.getLogger(HistoryReader.class);

    private final HistoryStore store;
    private final HistoryCache cache;
    private final DatabaseState database;

    HistoryReader(HistoryStore store, HistoryCache cache, DatabaseState database) {
        this.store = store;
        this.cache = cache;
        this.database = database;
    }

    @Override
    public Map<ServiceId, ServiceState> of(Collection<ServiceId> services) {
        if (services.isEmpty()) {
            return Map.of();
        }
        if (database.isDown()) {
            return cache.last(services);
        }
        try {
            return cache.get(services);
        } catch (MongoException e) {
            database.failed(e);
            return cache.last(services);
        }
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
}
