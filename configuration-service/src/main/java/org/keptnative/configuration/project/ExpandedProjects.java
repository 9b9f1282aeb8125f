package org.keptnative.configuration.project;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.keptnative.configuration.paging.Page.Slice;
import org.keptnative.configuration.paging.Position;

import java.util.List;

/** A page of the projects, in the order of their creation. */
public record ExpandedProjects(
        List<ExpandedProject> projects, @JsonUnwrapped Position position) {

    static ExpandedProjects of(Slice<ExpandedProject> slice) {
        return new ExpandedProjects(slice.items(), slice.position());
    }
}
