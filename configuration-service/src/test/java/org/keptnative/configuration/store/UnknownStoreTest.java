package org.keptnative.configuration.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.StoreConfig;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;

/** The database is not there at the start, and has not said which store counts. */
class UnknownStoreTest {

    @Test
    void files_are_served_and_of_the_database_nothing_before_it_has_said_so() {
        assertThat(atStart(StoreConfig.Kind.FILES).refusal()).isEmpty();
        assertThat(atStart(StoreConfig.Kind.MONGODB).refusal()).isPresent();
        assertThat(atStart(StoreConfig.Kind.MONGODB).isAnother()).isFalse(); // so nothing is taken for a leftover
    }

    private static StoreOfRecord atStart(StoreConfig.Kind kind) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try (MongoClient nobody = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50")) {
            StoreOfRecord store = new StoreOfRecord(config(kind), nobody, executor);
            store.watch();
            return store;
        } finally {
            executor.shutdownNow();
        }
    }

    private static StoreConfig config(StoreConfig.Kind kind) {
        return new StoreConfig() {
            @Override
            public Kind store() {
                return kind;
            }

            @Override
            public Path directory() {
                return Path.of("none");
            }

            @Override
            public String database() {
                return "keptn";
            }
        };
    }
}
