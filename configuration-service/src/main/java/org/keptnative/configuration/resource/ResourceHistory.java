package org.keptnative.configuration.resource;

import org.keptnative.configuration.git.CommitInfo;
import org.keptnative.configuration.git.CommitPage;

import java.util.List;

/**
 * A page of the changes of a file, the newest first. How many there are is not said, since nobody has counted them.
 *
 * @param nextPageKey {@code "0"} on the last page; else the page may be short, since the next one goes on
 */
record ResourceHistory(List<Change> history, String nextPageKey, int pageSize, ResourceMetadata metadata) {

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

    static ResourceHistory of(CommitPage page, int pageSize, ResourceMetadata metadata) {
        return new ResourceHistory(
                page.commits().stream().map(Change::of).toList(),
                page.rest().isEmpty() ? "0" : page.rest(),
                pageSize,
                metadata);
    }
}
