package org.keptnative.configuration.stage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;

import java.util.List;

/** A page of the stages of a project, in the order of the shipyard, then of their creation. */
public record Stages(
        List<ExpandedStage> stages, @JsonUnwrapped Position position) {

    static Stages of(Slice<ExpandedStage> slice) {
        return new Stages(slice.items(), slice.position());
    }
}
