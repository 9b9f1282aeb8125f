package org.keptnative.configuration.git;

import java.util.List;

/**
 * A part of a history.
 *
 * @param rest the key of what follows, empty at the end
 */
public record CommitPage(List<CommitInfo> commits, String rest) {}
