package org.keptnative.api.neighbours;

import de.bwaldvogel.mongo.MongoServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;
import java.util.UUID;

/**
 * Runs the two other services' stand-ins beside the service under test, and hands them to the tests; and a database of
 * its own, on the server of {@code MONGODB_CONNECTION_STRING}, else in this process.
 */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

    private MongoServer embedded;
    private final FakeDatabase memory = new FakeDatabase();
    private final FakeDatastore datastore = new FakeDatastore();
    private final FakeConfiguration configuration = new FakeConfiguration();

    @Override
    public Map<String, String> start() {
        datastore.server().start();
        configuration.server().start();
        String database = System.getenv("MONGODB_CONNECTION_STRING");
        if (database == null) {
            embedded = new MongoServer(memory);
            database = embedded.bindAndGetConnectionString();
        }
        return Map.of(
                "quarkus.mongodb.connection-string",
                database,
                "quarkus.mongodb.database",
                "test-" + UUID.randomUUID(),
                "neighbour.datastore",
                datastore.server().uri(),
                // without a scheme, as the original's charts give it
                "neighbour.configuration",
                configuration.server().uri().replace("http://", ""));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(memory, field -> field.getType().equals(FakeDatabase.class));
        injector.injectIntoFields(datastore, field -> field.getType().equals(FakeDatastore.class));
        injector.injectIntoFields(configuration, field -> field.getType().equals(FakeConfiguration.class));
    }

    @Override
    public void stop() {
        if (embedded != null) {
            embedded.shutdownNow();
        }
        datastore.server().stop();
        configuration.server().stop();
    }
}
