package org.keptnative.configuration.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;
import org.keptnative.configuration.service.Remediation;

import java.util.List;

/** A page of the remediations of a service that are going on, in the order in which they were opened. */
@Schema(name = "Remediations")
public record OpenRemediations(
        List<Remediation> remediations, @JsonUnwrapped Position position) {

    static OpenRemediations of(Slice<Remediation> slice) {
        return new OpenRemediations(slice.items(), slice.position());
    }
}
