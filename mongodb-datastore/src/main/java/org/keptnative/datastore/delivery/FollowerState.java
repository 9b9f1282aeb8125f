package org.keptnative.datastore.delivery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.datastore.follower.Follower;
import org.keptnative.datastore.follower.TypePattern;

import java.util.List;
import java.util.Locale;

/** A follower in an answer. */
public record FollowerState(
        @Schema(examples = "configuration-service") String name,

        @Schema(description = "Where its events go, without credentials")
        String url,

        @Schema(description = "The types of its events; * is one part between dots, > one or more at the end")
        List<String> types,

        @Schema(description = "How many events wait; no more than 10 000 are counted")
        long pending,

        @Schema(description = "How many it has not taken; no more than 10 000 are counted")
        long parked,

        @Schema(
                description = "Whether it takes events at present",
                enumeration = {"up", "failing", "unreachable"})
        String state) {

    static FollowerState of(Follower follower, long pending, long parked, Schedule.State state) {
        return new FollowerState(
                follower.name(),
                follower.maskedUrl(),
                follower.types().stream().map(TypePattern::text).toList(),
                pending,
                parked,
                state.name().toLowerCase(Locale.ROOT));
    }
}
