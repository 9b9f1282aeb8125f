package org.keptnative.datastore.delivery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.datastore.follower.Follower;
import org.keptnative.datastore.follower.TypePattern;

import java.util.List;

/** A follower in an answer. */
public record FollowerState(
        @Schema(examples = "configuration-service") String name,

        @Schema(description = "Where its events go, without credentials")
        String url,

        @Schema(description = "The types of its events; * is one part between dots, > one or more at the end")
        List<String> types,

        @Schema(description = "How many events wait; no more than 100 000 are counted")
        long pending) {

    static FollowerState of(Follower follower, long pending) {
        return new FollowerState(
                follower.name(),
                follower.maskedUrl(),
                follower.types().stream().map(TypePattern::text).toList(),
                pending);
    }
}
