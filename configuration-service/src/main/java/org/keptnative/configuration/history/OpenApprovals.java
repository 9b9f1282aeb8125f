package org.keptnative.configuration.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;
import org.keptnative.configuration.service.Approval;

import java.util.List;

/** A page of the open approvals of a service, in the order in which they were opened. */
@Schema(name = "Approvals")
public record OpenApprovals(
        List<Approval> approvals, @JsonUnwrapped Position position) {

    static OpenApprovals of(Slice<Approval> slice) {
        return new OpenApprovals(slice.items(), slice.position());
    }
}
