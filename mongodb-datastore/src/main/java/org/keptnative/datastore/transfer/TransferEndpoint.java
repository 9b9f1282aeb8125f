package org.keptnative.datastore.transfer;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.EventArchive;
import org.keptnative.datastore.event.EventArchive.Adopted;
import org.keptnative.datastore.event.EventArchive.Archived;

import java.util.List;
import java.util.regex.Pattern;

/**
 * INTERNAL: what {@code deploy/transfer} moves events with. It stands in no document, since nobody reaches it through the
 * gateway, see {@link org.keptnative.datastore.error.InsideOnly}.
 */
@Path("/transfer")
public class TransferEndpoint {

    private static final String LINES = "application/x-ndjson";
    private static final Pattern FILE = Pattern.compile("[\\w.:-]{1,200}");

    @Inject
    EventArchive archive;

    @Inject
    Progress progress;

    /** @param file names the file that lines come from, so that an import can be resumed */
    public record Reached(String file, long lines) {}

    /** @param collection null for the names of all */
    public record ForeignRequest(String uri, String database, String collection) {

        /** Without the URI, which may hold a password. */
        @Override
        public String toString() {
            return "ForeignRequest[" + collection + "]";
        }
    }

    /**
     * Stores the events in some lines of a file, in the order of the file.
     *
     * @param before how many of its lines come before these
     * @param roots whether they are the root events of their contexts
     */
    @POST
    @Path("/event")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public ImportedLines store(
            @RestQuery String file,
            @RestQuery long before,
            @RestQuery boolean roots,
            @RestQuery boolean dryRun,
            byte[] lines) {
        checkFile(file);
        EventLines read = EventLines.of(lines, before);
        List<Archived> events = read.events();
        Adopted adopted = dryRun ? archive.check(events) : archive.adopt(events);
        if (!dryRun) {
            if (roots) {
                archive.makeRoots(events);
            }
            progress.reached(file, before + read.count());
        }
        return new ImportedLines(
                read.count(),
                adopted.stored(),
                adopted.known(),
                adopted.refused().entrySet().stream()
                        .map(refused ->
                                new ImportedLines.LeftOut(read.numbers().get(refused.getKey()), refused.getValue()))
                        .toList());
    }

    @GET
    @Path("/progress")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Reached reached(@RestQuery String file) {
        checkFile(file);
        return new Reached(file, progress.of(file));
    }

    @DELETE
    @Path("/progress")
    @Operation(hidden = true)
    public void finished(@RestQuery String file) {
        checkFile(file);
        progress.finished(file);
    }

    /** @param project null for the events of none */
    @GET
    @Path("/event")
    @Produces(LINES)
    @Operation(hidden = true)
    public StreamingOutput export(@RestQuery String project) {
        return out -> {
            LineOutput lines = new LineOutput(out);
            archive.forEach(project == null ? "" : project, event -> lines.write(ArchiveLine.of(event)));
            lines.flush();
        };
    }

    @POST
    @Path("/foreign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(LINES)
    @Operation(hidden = true)
    public StreamingOutput foreign(ForeignRequest request) {
        if (request == null) {
            throw ApiException.badRequest("uri is required");
        }
        ForeignDatabase database = new ForeignDatabase(request.uri(), request.database());
        List<String> collections = database.collections();
        return out -> {
            LineOutput lines = new LineOutput(out);
            if (request.collection() == null) {
                collections.forEach(name -> lines.write(name + "\n"));
            } else {
                database.forEachLine(request.collection(), line -> lines.write(line + "\n"));
            }
            lines.flush();
        };
    }

    private static void checkFile(String file) {
        if (file == null || !FILE.matcher(file).matches()) {
            throw ApiException.badRequest("file must be 1 to 200 letters, digits, dots, colons, dashes or underscores");
        }
    }
}
