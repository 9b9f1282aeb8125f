package org.keptnative.configuration.resource;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a resource was read.
 *
 * @param version the commit, in 40 hexadecimal digits
 * @param upstreamURL URL of the upstream, without credentials; null when the project has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResourceMetadata(String branch, String version, String upstreamURL) {}
