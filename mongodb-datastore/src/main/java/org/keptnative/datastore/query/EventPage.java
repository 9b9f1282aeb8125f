package org.keptnative.datastore.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.datastore.event.StoredEvent;

import java.util.List;

/**
 * A page of events.
 *
 * @param events newest first
 * @param nextPageKey where the next page begins; absent on the last one
 * @param pageSize how many events a page holds, as asked for
 * @param totalCount how many events match; exact up to 1000 events beyond the beginning of the page
 */
@Schema(name = "Events")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventPage(
        @Schema(description = "Newest first") List<StoredEvent> events,

        @Schema(description = "The offset of the next page, absent on the last one", examples = "20")
        String nextPageKey,

        @Schema(description = "As asked for") int pageSize,

        @Schema(description = "How many events match, exact up to 1000 events beyond the beginning of the page")
        int totalCount) {}
