package org.keptnative.configuration.git;

/** What a writer wants. Asked again on the newer state when somebody else was faster, so it must only use the draft. */
@FunctionalInterface
public interface Change<T> {

    T apply(Draft draft);
}
