package org.keptnative.configuration.git;

import java.util.Optional;

/** Knows which projects have an upstream. */
public interface Remotes {

    Optional<Remote> of(String project);
}
