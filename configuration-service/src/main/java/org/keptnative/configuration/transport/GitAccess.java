package org.keptnative.configuration.transport;

/** What {@code git} may do with the projects. */
public enum GitAccess {
    NONE,
    /** Clone and fetch. */
    READ,
    /** Push as well. */
    WRITE
}
