package org.keptnative.api.event;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.OffsetDateTime;

/** An event in the OpenAPI document; the service itself takes JSON as it comes. */
@Schema(name = "KeptnContextExtendedCE")
record EventSchema(
        @Schema(required = true, minLength = 1, examples = "sh.keptn.events.deployment-finished")
        String type,

        @Schema(required = true, examples = "https://example.org/ci")
        String source,

        @Schema(required = true, description = "An object; of what other services store, any JSON")
        Object data,

        @Schema(description = "of the sequence that the event belongs to")
        String shkeptncontext,

        @Schema(description = "id of the event that this one answers")
        String triggeredid,

        String id,
        OffsetDateTime time,
        String specversion,
        String contenttype) {

    static final String EXAMPLE = """
            {"type": "sh.keptn.events.deployment-finished", "source": "https://example.org/ci",
             "shkeptncontext": "08735340-6f9e-4b32-97ff-3b6c292bc509",
             "data": {"project": "sockshop", "stage": "dev", "service": "carts", "image": "carts", "tag": "0.11.1"}}""";
}
