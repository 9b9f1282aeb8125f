package org.keptnative.configuration.resource;

import jakarta.ws.rs.PathParam;

/** The parameters of a path that say where its files are; null where the path has none of the name. */
public class PlacePath {

    @PathParam("projectName")
    String project;

    @PathParam("stageName")
    String stage;

    @PathParam("serviceName")
    String service;

    Place place() {
        return new Place(project, stage, service);
    }
}
