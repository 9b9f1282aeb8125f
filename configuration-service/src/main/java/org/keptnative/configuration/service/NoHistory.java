package org.keptnative.configuration.service;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

import java.util.Collection;
import java.util.Map;

/** Stands in where no history is kept. */
@DefaultBean
@Singleton
class NoHistory implements ServiceHistory {

    @Override
    public Map<ServiceId, ServiceState> of(Collection<ServiceId> services) {
        return Map.of();
    }

    @Override
    public void forgetProject(String project) {}

    @Override
    public void forgetStage(String project, String stage) {}

    @Override
    public void forgetService(String project, String stage, String service) {}
}
