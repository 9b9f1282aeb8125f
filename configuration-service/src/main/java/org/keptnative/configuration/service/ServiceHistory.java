package org.keptnative.configuration.service;

import java.util.Collection;
import java.util.Map;

/** Remembers what happened to the services; Git alone says which services exist. */
public interface ServiceHistory {

    /** What is remembered of these services, all in one query. Services without a history are absent. */
    Map<ServiceId, ServiceState> of(Collection<ServiceId> services);

    void forgetProject(String project);

    void forgetStage(String project, String stage);

    void forgetService(String project, String stage, String service);
}
