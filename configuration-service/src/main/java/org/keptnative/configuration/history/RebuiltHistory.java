package org.keptnative.configuration.history;

/**
 * What a rebuild has read.
 *
 * @param events how many events the log has of the project
 * @param ignored how many of them concern no service that exists
 */
public record RebuiltHistory(int events, int ignored) {}
