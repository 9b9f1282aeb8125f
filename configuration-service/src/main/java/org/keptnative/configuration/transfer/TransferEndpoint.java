package org.keptnative.configuration.transfer;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.keptnative.configuration.git.GitProject;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * INTERNAL: what {@code deploy/transfer} moves projects with. It stands in no document, since nobody reaches it through
 * the gateway, see {@link org.keptnative.configuration.error.InsideOnly}.
 */
@Path("/v1/transfer")
class TransferEndpoint {

    private final Moving moving;

    TransferEndpoint(Moving moving) {
        this.moving = moving;
    }

    /** Imports the projects in a tar archive of an {@link ImportFolder}; the answer is a line for each, and a summary. */
    @POST
    @Path("/import")
    @Consumes(MediaType.WILDCARD)
    @Produces("application/x-ndjson")
    @Operation(hidden = true)
    public StreamingOutput importAll(@QueryParam("dryRun") boolean dryRun, InputStream archive) throws IOException {
        Moving.Import prepared = moving.prepare(archive, dryRun);
        return report -> {
            try (prepared) {
                prepared.run(report);
            }
        };
    }

    /** A tar archive of one project, or of all, that can be imported. */
    @GET
    @Path("/export")
    @Produces("application/x-tar")
    @Operation(hidden = true)
    public StreamingOutput export(
            @QueryParam("project") String project,
            @QueryParam("credentials") @DefaultValue("true") boolean credentials) {
        List<GitProject> projects = moving.toExport(project);
        return archive -> moving.export(projects, credentials, archive);
    }
}
