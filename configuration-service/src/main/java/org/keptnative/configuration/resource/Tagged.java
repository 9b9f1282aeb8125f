package org.keptnative.configuration.resource;

/**
 * What is read or written, with its entity tag.
 *
 * @param tag without quotes: the blob of a file, the tree of a folder, the commit of a list
 */
record Tagged<T>(T body, String tag) {}
