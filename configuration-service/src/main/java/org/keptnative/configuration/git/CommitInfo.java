package org.keptnative.configuration.git;

import java.time.Instant;

/**
 * A commit.
 *
 * @param id 40 hexadecimal digits
 */
public record CommitInfo(String id, Instant time, String message) {}
