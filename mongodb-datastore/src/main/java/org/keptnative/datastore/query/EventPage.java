package org.keptnative.datastore.query;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * One page of events.
 *
 * @param events newest first
 * @param nextPageKey the offset of the next page; absent on the last one
 * @param pageSize how many events a page holds, as asked for
 * @param totalCount how many events match; counting ends 1000 events after the start of this page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventPage(List<StoredEvent> events, String nextPageKey, int pageSize, int totalCount) {}
