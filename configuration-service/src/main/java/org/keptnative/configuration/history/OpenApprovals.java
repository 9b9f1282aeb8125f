package org.keptnative.configuration.history;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.service.Approval;

import java.util.List;

/** A page of the open approvals of a service, in the order in which they were opened. */
@Schema(name = "Approvals")
public record OpenApprovals(List<Approval> approvals, String nextPageKey, int totalCount, int pageSize) {

    static OpenApprovals of(Slice<Approval> slice) {
        return new OpenApprovals(slice.items(), slice.nextPageKey(), slice.totalCount(), slice.pageSize());
    }
}
