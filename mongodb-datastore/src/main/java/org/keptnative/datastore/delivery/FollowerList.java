package org.keptnative.datastore.delivery;

import java.util.List;

/** All followers, by name. */
public record FollowerList(List<FollowerState> followers) {}
