package org.keptnative.configuration.resource;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A file as a client reads it.
 *
 * @param resourceContent null in lists and for an empty file
 * @param metadata null in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Resource(String resourceURI, FileContent resourceContent, ResourceMetadata metadata) {}
