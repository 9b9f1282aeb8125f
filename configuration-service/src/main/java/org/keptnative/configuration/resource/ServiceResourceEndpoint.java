package org.keptnative.configuration.resource;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files of a service. */
@Path("/v1/project/{projectName}/stage/{stageName}/service/{serviceName}/resource")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/cloudevents+json"})
@Tag(name = "Service resources")
class ServiceResourceEndpoint extends ResourceEndpoint {

    ServiceResourceEndpoint(ResourceReader reader, ResourceWriter writer) {
        super(reader, writer);
    }
}
