package org.keptnative.configuration.git;

import com.mongodb.client.MongoClient;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.files.FileStore;
import org.keptnative.configuration.git.mongodb.MongoStore;

/** Chooses the store that the settings name. */
@Singleton
class RepositoryStores {

    private static final Logger LOG = Logger.getLogger(RepositoryStores.class);

    @Produces
    @Singleton
    @Startup
    RepositoryStore store(StoreConfig config, Instance<MongoClient> mongo) {
        LOG.infof("event=repository-store kind=%s", config.store());
        return switch (config.store()) {
            case FILES -> new FileStore(config.directory());
            case MONGODB -> new MongoStore(mongo.get().getDatabase(config.database()));
        };
    }
}
