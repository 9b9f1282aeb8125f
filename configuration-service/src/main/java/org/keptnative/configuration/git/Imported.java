package org.keptnative.configuration.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What was known of a project in the installation that it comes from, and its files do not say. Kept in the repository,
 * beside the branches: a commit for it would change them.
 *
 * @param created nanoseconds since the epoch; null when that is not known
 * @param stages in their order
 */
public record Imported(Long created, List<String> stages) {

    static final Imported NOTHING = new Imported(null, List.of());

    private static final String REF = "refs/keptn/imported";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Imported of(Repository repository, TreeCache cache) {
        try {
            Ref ref = repository.exactRef(REF);
            return ref == null
                    ? NOTHING
                    : cache.get(ref.getObjectId(), "imported", () -> List.of(read(repository, ref.getObjectId())))
                            .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a project was imported. */
    public static boolean in(Repository repository) {
        try {
            return repository.exactRef(REF) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be published together with the branches of the project. */
    public Batch with(List<Quarantine> quarantines, List<ReceiveCommand> branches) {
        ObjectNode json = JSON.createObjectNode().put("created", created);
        stages.forEach(json.putArray("stages")::add);
        NewObject blob = NewObject.of(Constants.OBJ_BLOB, json.toString().getBytes(StandardCharsets.UTF_8));
        List<ReceiveCommand> refs = new ArrayList<>(branches);
        refs.add(new ReceiveCommand(ObjectId.zeroId(), blob.id(), REF));
        return new Batch(List.of(blob), quarantines, refs);
    }

    private static Imported read(Repository repository, ObjectId id) {
        try {
            JsonNode json =
                    JSON.readTree(repository.open(id, Constants.OBJ_BLOB).getCachedBytes(Snapshot.MAX_METADATA));
            List<String> stages = new ArrayList<>();
            json.path("stages").forEach(stage -> stages.add(stage.asText()));
            JsonNode created = json.path("created");
            return new Imported(created.canConvertToLong() ? created.asLong() : null, List.copyOf(stages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
