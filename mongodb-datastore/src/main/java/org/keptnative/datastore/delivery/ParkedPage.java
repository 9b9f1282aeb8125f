package org.keptnative.datastore.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * Parked deliveries of a follower.
 *
 * @param nextPageKey asks for those that follow; null when there are no more
 */
public record ParkedPage(
        List<ParkedDelivery> deliveries,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextPageKey) {}
