package org.keptnative.datastore.follower;

import java.net.URI;
import java.util.List;

/** Somebody who wants to be told of events. */
public record Follower(String name, URI url, List<TypePattern> types) {

    boolean wants(String type) {
        return types.stream().anyMatch(pattern -> pattern.matches(type));
    }
}
