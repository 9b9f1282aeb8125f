package org.keptnative.datastore.delivery;

/** Why a project is looked at. The order is that of their precedence. */
enum Lane {
    NEWS,
    BACKLOG,
    FAILED
}
