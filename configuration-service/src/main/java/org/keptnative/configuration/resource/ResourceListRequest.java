package org.keptnative.configuration.resource;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** Files that are written as one commit, in their order. */
@Schema(name = "ResourceListRequest")
record ResourceListRequest(List<ResourceRequest> resources) {}
