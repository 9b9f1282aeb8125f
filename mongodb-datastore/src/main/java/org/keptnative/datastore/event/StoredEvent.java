package org.keptnative.datastore.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * An event in an answer, as it was stored but for what only followers may see, and with its time in milliseconds.
 *
 * @param json the event as JSON
 */
@Schema(
        name = "KeptnContextExtendedCE",
        description = "A CloudEvent 0.2 or 1.0 with the attributes of Keptn; further attributes are kept.",
        type = SchemaType.OBJECT,
        requiredProperties = {"type", "data"},
        properties = {
            @SchemaProperty(
                    name = "id",
                    type = SchemaType.STRING,
                    description = "With the source it identifies the event. Default: a random one"),
            @SchemaProperty(name = "source", type = SchemaType.STRING, description = "Who sent it. Default: empty"),
            @SchemaProperty(name = "specversion", type = SchemaType.STRING, description = "Default: 0.2"),
            @SchemaProperty(name = "type", type = SchemaType.STRING),
            @SchemaProperty(
                    name = "time",
                    type = SchemaType.STRING,
                    format = "date-time",
                    description =
                            "Any offset and precision, returned with three digits of a second. Default: the time of arrival"),
            @SchemaProperty(name = "contenttype", type = SchemaType.STRING),
            @SchemaProperty(name = "shkeptncontext", type = SchemaType.STRING),
            @SchemaProperty(name = "triggeredid", type = SchemaType.STRING),
            @SchemaProperty(
                    name = "data",
                    description = "Any JSON; project, stage and service in it are what events are found by. "
                            + "eventContext reaches followers only and is returned as null; gitUser and gitToken are stored as "
                            + "empty strings")
        })
public record StoredEvent(@JsonValue @JsonRawValue String json) {

    public static StoredEvent shown(String json) {
        return new StoredEvent(StoredText.withTimeInMilliseconds(json));
    }
}
