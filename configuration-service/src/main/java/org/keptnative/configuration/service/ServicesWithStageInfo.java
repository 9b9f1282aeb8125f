package org.keptnative.configuration.service;

import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of the services of a project, in the order of their first appearance in its stages. */
public record ServicesWithStageInfo(
        List<ExpandedServiceWithStageInfo> services, String nextPageKey, int totalCount, int pageSize) {

    static ServicesWithStageInfo of(Slice<ExpandedServiceWithStageInfo> slice) {
        return new ServicesWithStageInfo(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize());
    }
}
