package org.keptnative.configuration.resource;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.keptnative.configuration.encoding.Base64Content;

import java.util.List;

import static org.keptnative.configuration.error.ApiException.badRequest;

/**
 * Files that are written as one commit, in their order.
 *
 * @param resourceURI for who sends one file where the list goes
 * @param resourceContent the same
 */
@Schema(name = "ResourceListRequest")
record ResourceListRequest(
        List<ResourceRequest> resources,
        @Schema(hidden = true) String resourceURI,
        @Schema(hidden = true) Base64Content resourceContent) {

    /** @throws org.keptnative.configuration.error.ApiException 400, when it is one file and no list */
    List<ResourceRequest> files() {
        if (resources == null && (resourceURI != null || resourceContent != null)) {
            throw badRequest("resources is missing: send {\"resources\": [...]}, or name the file in the path");
        }
        return resources == null ? List.of() : resources;
    }
}
