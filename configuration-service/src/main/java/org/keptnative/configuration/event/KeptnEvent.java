package org.keptnative.configuration.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.error.ApiException;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A CloudEvent of Keptn, version 0.2 or 1.0, as far as it matters here.
 *
 * @param triggeredid id of the event that this one answers
 * @param data what {@link EventData} keeps of it
 */
@JsonIgnoreProperties(ignoreUnknown = true) // else they would be collected first
public record KeptnEvent(
        String id,

        @Schema(required = true, minLength = 1, maxLength = MAX_TYPE_LENGTH)
        String type,

        @Schema(format = "date-time") String time,
        String shkeptncontext,
        String triggeredid,

        @Schema(required = true) @JsonDeserialize(using = EventData.class)
        JsonNode data) {

    static final int MAX_TYPE_LENGTH = 500;

    /** Of ids and names that are remembered, in characters, so that what is remembered of a service stays small. */
    public static final int MAX_LENGTH = 300;

    /** @throws ApiException 4xx, when it is no event, or one of which too much would have to be remembered */
    public void check() {
        if (type == null || type.isBlank() || type.length() > MAX_TYPE_LENGTH) {
            throw new ApiException(422, "type in body is required, of up to " + MAX_TYPE_LENGTH + " characters");
        }
        if (time != null && !time.isEmpty() && Times.parse(time).isEmpty()) {
            throw ApiException.badRequest("time in body must be as RFC 3339 has it, such as 2020-11-16T10:00:00.000Z");
        }
        boolean isTooLong = Stream.of(
                        id,
                        shkeptncontext,
                        triggeredid,
                        text("image"),
                        text("tag"),
                        text("remediation", "result", "actionName"))
                .anyMatch(text -> text != null && text.length() > MAX_LENGTH);
        if (isTooLong) {
            throw new ApiException(
                    422,
                    "id, shkeptncontext, triggeredid, and image, tag and actionName in data should have at most "
                            + MAX_LENGTH + " characters");
        }
    }

    /** Nothing when the sender gave none. */
    public Optional<Instant> instant() {
        return Optional.ofNullable(time).flatMap(Times::parse);
    }

    /** The text of a member of the data, given by the names that lead to it; empty when there is none. */
    public String text(String... path) {
        JsonNode node = data == null ? MissingNode.getInstance() : data;
        for (String name : path) {
            node = node.path(name);
        }
        return node.isTextual() ? node.textValue() : "";
    }

    public String idOrEmpty() {
        return id == null ? "" : id;
    }

    public String contextOrEmpty() {
        return shkeptncontext == null ? "" : shkeptncontext;
    }
}
