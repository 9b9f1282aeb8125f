package org.keptnative.configuration.git;

/** Knows how each project is published. */
@FunctionalInterface
public interface Publications {

    /** Every project is here alone. */
    Publications LOCAL = project -> project::publish;

    Publication of(GitProject project);

    /** Brings the newest state of a project here, as far as that can be done now. */
    default void refresh(GitProject project) {}
}
