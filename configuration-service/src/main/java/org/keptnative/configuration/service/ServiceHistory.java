package org.keptnative.configuration.service;

import java.util.Map;

/** Remembers what happened to the services; Git alone says which services exist. */
public interface ServiceHistory {

    /** What is remembered of a project: by stage name, then by service name. Services without a history are absent. */
    Map<String, Map<String, ServiceState>> of(String project);

    void forgetProject(String project);

    void forgetStage(String project, String stage);

    void forgetService(String project, String stage, String service);
}
