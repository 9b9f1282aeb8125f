package org.keptnative.configuration.project;

import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of the projects, in the order of their creation. */
public record ExpandedProjects(List<ExpandedProject> projects, String nextPageKey, int totalCount, int pageSize) {

    static ExpandedProjects of(Slice<ExpandedProject> slice) {
        return new ExpandedProjects(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize());
    }
}
