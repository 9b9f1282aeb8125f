package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;

/**
 * The content of a file that is about to be written.
 *
 * @param content null when the blob is on the disk already
 */
public record Blob(ObjectId id, byte[] content) {}
