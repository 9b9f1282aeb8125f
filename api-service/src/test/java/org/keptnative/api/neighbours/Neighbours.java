package org.keptnative.api.neighbours;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/** Runs the two other services' stand-ins beside the service under test, and hands them to the tests. */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

    private final FakeDatastore datastore = new FakeDatastore();
    private final FakeConfiguration configuration = new FakeConfiguration();

    @Override
    public Map<String, String> start() {
        datastore.server().start();
        configuration.server().start();
        return Map.of(
                "neighbour.datastore", datastore.server().uri(),
                // without a scheme, as the original's charts give it
                "neighbour.configuration", configuration.server().uri().replace("http://", ""));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(datastore, field -> field.getType().equals(FakeDatastore.class));
        injector.injectIntoFields(configuration, field -> field.getType().equals(FakeConfiguration.class));
    }

    @Override
    public void stop() {
        datastore.server().stop();
        configuration.server().stop();
    }
}
