package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;

import java.util.List;

/** A page of the services of a project, in the order of their first appearance in its stages. */
public record ServicesWithStageInfo(
        List<ExpandedServiceWithStageInfo> services,
        @JsonUnwrapped Position position) {

    static ServicesWithStageInfo of(Slice<ExpandedServiceWithStageInfo> slice) {
        return new ServicesWithStageInfo(slice.items(), slice.position());
    }
}
