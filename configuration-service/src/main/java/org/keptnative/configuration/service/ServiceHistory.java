package org.keptnative.configuration.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Remembers what happened to the services; Git alone says which services exist. */
public interface ServiceHistory {

    /**
     * What is remembered of these services, as it is now. Services without a history are absent, and all of them are as
     * far as nothing is known while the database does not answer.
     */
    Map<ServiceId, ServiceState> of(Collection<ServiceId> services);

    /**
     * Called when the project is gone. Nothing that happened to it is shown any more even when this fails, so it never
     * throws.
     */
    void forgetProject(String project);

    /** As {@link #forgetProject}. */
    void forgetStage(String project, String stage);

    /** As {@link #forgetProject}. */
    void forgetService(String project, List<String> stages, String service);
}
