package org.keptnative.configuration.resource;

import org.keptnative.configuration.git.Names;

/**
 * Where resources are: a project, a stage of it, or a service of a stage.
 *
 * @param stage null on the level of the project
 * @param service null on the levels of the project and of the stage
 */
record Place(String project, String stage, String service) {

    static Place ofProject(String project) {
        return new Place(project, null, null);
    }

    static Place ofStage(String project, String stage) {
        return new Place(project, stage, null);
    }

    String branch() {
        return stage == null ? Names.MASTER : stage;
    }

    /** How error messages call it. */
    String level() {
        return service != null ? "Service" : stage != null ? "Stage" : "Project";
    }

    /** The path in the branch. */
    String pathOf(String uri) {
        return service == null ? uri : service + "/" + uri;
    }
}
