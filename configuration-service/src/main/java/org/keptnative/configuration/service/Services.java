package org.keptnative.configuration.service;

import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of the services of a stage, in the order of their creation. */
public record Services(List<ExpandedService> services, String nextPageKey, int totalCount, int pageSize) {

    static Services of(Slice<ExpandedService> slice) {
        return new Services(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize());
    }
}
