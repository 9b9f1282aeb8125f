package org.keptnative.datastore.event;

import java.util.Set;

/** The paths of the members of an event that events are found by. */
public final class Members {

    public static final String ID = "id";
    public static final String SOURCE = "source";
    public static final String TYPE = "type";
    public static final String TIME = "time";
    public static final String CONTEXT = "shkeptncontext";
    public static final String TRIGGERED_ID = "triggeredid";
    public static final String PROJECT = "data.project";
    public static final String STAGE = "data.stage";
    public static final String SERVICE = "data.service";

    static final Set<String> ALL = Set.of(ID, SOURCE, TYPE, TIME, CONTEXT, TRIGGERED_ID, PROJECT, STAGE, SERVICE);

    private Members() {}
}
