package org.keptnative.configuration.resource;

import org.keptnative.configuration.git.CommitInfo;
import org.keptnative.configuration.paging.Page.Slice;

import java.util.List;

/** A page of the changes of a file, the newest first. */
record ResourceHistory(
        List<Change> history, String nextPageKey, int totalCount, int pageSize, ResourceMetadata metadata) {

    /**
     * A commit that changed the file.
     *
     * @param commit 40 hexadecimal digits
     * @param time in RFC 3339
     */
    record Change(String commit, String time, String message) {

        static Change of(CommitInfo commit) {
            return new Change(commit.id(), commit.time().toString(), commit.message());
        }
    }

    static ResourceHistory of(Slice<Change> slice, ResourceMetadata metadata) {
        return new ResourceHistory(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize(), metadata);
    }
}
