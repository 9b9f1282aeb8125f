package org.keptnative.configuration.history;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An event of the service carts in the stage dev, as its members say until they are changed. */
class TestEvent extends HashMap<String, Object> {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Object> data = new HashMap<>();

    TestEvent(String project, String type) {
        put("specversion", "0.2");
        put("source", "test");
        put("contenttype", "application/json");
        put("id", UUID.randomUUID().toString());
        put("type", type);
        put("time", "2020-11-16T10:00:00.000Z");
        put("shkeptncontext", "08735340-6f9e-4b32-97ff-3b6c292bc509");
        put("data", data);
        data("project", project).data("stage", "dev").data("service", "carts");
    }

    TestEvent with(String member, Object value) {
        put(member, value);
        return this;
    }

    TestEvent data(String member, Object value) {
        data.put(member, value);
        return this;
    }

    /** @param second of the minute in which all events of the tests happen */
    TestEvent at(int second) {
        return with("time", "2020-11-16T10:00:%02d.000Z".formatted(second));
    }
}
