package org.keptnative.configuration;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** The service with its repositories in the database. */
public class OnMongo implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("repositories.store", "mongodb");
    }
}
