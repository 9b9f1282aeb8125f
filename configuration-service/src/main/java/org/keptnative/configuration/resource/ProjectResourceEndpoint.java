package org.keptnative.configuration.resource;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files of a project. */
@Path("/v1/project/{projectName}/resource")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Project resources")
class ProjectResourceEndpoint extends ResourceEndpoint {

    ProjectResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        super(reader, writer);
    }
}
