package org.keptnative.configuration.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;

/**
 * A CloudEvent of Keptn, version 0.2 or 1.0, as far as it matters here.
 *
 * @param triggeredid id of the event that this one answers
 */
public record KeptnEvent(
        String id,

        @Schema(required = true, minLength = 1, maxLength = MAX_TYPE_LENGTH)
        String type,

        Instant time,
        String shkeptncontext,
        String triggeredid,
        @Schema(required = true) JsonNode data) {

    static final int MAX_TYPE_LENGTH = 500;

    /** The text of a member of the data, given by the names that lead to it; empty when there is none. */
    String text(String... path) {
        JsonNode node = data == null ? MissingNode.getInstance() : data;
        for (String name : path) {
            node = node.path(name);
        }
        return node.isTextual() ? node.textValue() : "";
    }

    String idOrEmpty() {
        return id == null ? "" : id;
    }

    String contextOrEmpty() {
        return shkeptncontext == null ? "" : shkeptncontext;
    }
}
