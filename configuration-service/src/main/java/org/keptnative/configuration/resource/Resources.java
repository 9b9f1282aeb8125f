package org.keptnative.configuration.resource;

import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of files, without their contents. */
record Resources(
        List<Resource> resources, String nextPageKey, int totalCount, int pageSize, ResourceMetadata metadata) {

    static Resources of(Slice<Resource> slice, ResourceMetadata metadata) {
        return new Resources(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize(), metadata);
    }
}
