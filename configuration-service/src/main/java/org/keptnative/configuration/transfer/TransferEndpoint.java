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
import org.jboss.resteasy.reactive.ResponseStatus;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.store.StoreOfRecord;

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
    private final StoreOfRecord store;

    TransferEndpoint(Moving moving, StoreOfRecord store) {
        this.moving = moving;
        this.store = store;
    }

    /**
     * Imports the projects in a tar archive of an {@link ImportFolder}; the answer is a line for each, and a summary.
     *
     * @param move whether they come from another store on the same database, and this one is to count from then on
     */
    @POST
    @Path("/import")
    @Consumes(MediaType.WILDCARD)
    @Produces("application/x-ndjson")
    @Operation(hidden = true)
    public StreamingOutput importAll(
            @QueryParam("dryRun") boolean dryRun, @QueryParam("move") boolean move, InputStream archive)
            throws IOException {
        if (!move) {
            store.refusal().ifPresent(reason -> {
                throw new ApiException(503, reason);
            });
        }
        Moving.Import prepared = moving.prepare(archive, dryRun, move);
        return report -> {
            try (prepared) {
                prepared.run(report);
            }
        };
    }

    /** What is here counts from now on, and not what another store on the same database has. */
    @POST
    @Path("/store")
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(204)
    @Operation(hidden = true)
    public void claim() {
        store.claim();
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
        return archive -> moving.export(projects, project != null, credentials, archive);
    }
}
