package org.keptnative.configuration.stage;

import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of the stages of a project, in the order of the shipyard, then of their creation. */
public record Stages(List<ExpandedStage> stages, String nextPageKey, int totalCount, int pageSize) {

    static Stages of(Slice<ExpandedStage> slice) {
        return new Stages(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize());
    }
}
