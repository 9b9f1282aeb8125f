package org.keptnative.datastore.delivery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * An event that a follower does not get until someone asks for it.
 *
 * @param key names it in requests
 * @param since when it was parked, as in RFC 3339
 */
@Schema(
        properties = {
            @SchemaProperty(name = "key", description = "Names it in requests"),
            @SchemaProperty(name = "sequence", description = "Its place among the events of its project"),
            @SchemaProperty(
                    name = "reason",
                    description =
                            "Why the follower has not got it: the status of its answer and what it said, in one line"
                                    + " and at most 300 characters of it",
                    example = "status 422: the type is too long"),
            @SchemaProperty(name = "since", description = "When it was parked", format = "date-time")
        })
public record ParkedDelivery(
        String key,
        String project,
        String source,
        String id,
        String type,
        long sequence,
        String reason,
        String since) {}
