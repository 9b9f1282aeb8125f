package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;

import java.util.List;

/** A page of the services of a stage, in the order of their creation. */
public record Services(
        List<ExpandedService> services, @JsonUnwrapped Position position) {

    static Services of(Slice<ExpandedService> slice) {
        return new Services(slice.items(), slice.position());
    }
}
