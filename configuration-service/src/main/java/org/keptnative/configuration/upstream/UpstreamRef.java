package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.NewObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a project has an upstream, and which: said by the repository itself, without the token. It changes whenever
 * the credentials do, so whoever remembers them by its id is never wrong, in any replica.
 *
 * @param id zero in a repository that says nothing
 * @param remoteURI empty for no upstream
 */
record UpstreamRef(ObjectId id, String user, String remoteURI) {

    static final String NAME = "refs/keptn/upstream";

    /** Enough to tell one from another, and a Kubernetes name has no room for all of them. */
    private static final int KEY_DIGITS = 20;

    private static final Pattern KEY = Pattern.compile("(?<project>.*)\\.[0-9a-f]{" + KEY_DIGITS + "}");

    /** The next one of a project, and what makes it so. */
    record Change(UpstreamRef ref, Batch batch) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static UpstreamRef of(GitProject project) {
        try (Repository repository = project.repository().open()) {
            return of(repository, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param last what was read before, which is read again only when it has changed; or null */
    static UpstreamRef of(Repository repository, UpstreamRef last) throws IOException {
        Ref ref = repository.exactRef(NAME);
        if (last != null && ref != null && ref.getObjectId().equals(last.id)) {
            return last;
        }
        if (ref == null) {
            return new UpstreamRef(ObjectId.zeroId(), "", "");
        }
        JsonNode json = JSON.readTree(
                repository.open(ref.getObjectId(), Constants.OBJ_BLOB).getCachedBytes());
        return new UpstreamRef(
                ref.getObjectId(),
                json.path("user").asText(),
                json.path("remoteURI").asText());
    }

    boolean isUnknown() {
        return id.equals(ObjectId.zeroId());
    }

    boolean isNone() {
        return remoteURI.isEmpty();
    }

    /** What its credentials are kept under: no other project of the name has the same, nor had or will have it. */
    String key(String project) {
        return key(project, id);
    }

    static String key(String project, ObjectId id) {
        return project + "." + id.abbreviate(KEY_DIGITS).name();
    }

    /** The project of a key; nothing, when it has none in it, as those of former editions. */
    static Optional<String> projectOf(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group("project")) : Optional.empty();
    }

    /** That the project has still this upstream. */
    ReceiveCommand unchanged() {
        return new ReceiveCommand(id, id, NAME);
    }

    /** @param upstream null for none */
    Change replacedBy(Upstream upstream) {
        String user = upstream == null ? "" : upstream.user();
        String remoteURI = upstream == null ? "" : upstream.remoteURI();
        try {
            NewObject blob = NewObject.of(
                    Constants.OBJ_BLOB,
                    JSON.writeValueAsBytes(JSON.createObjectNode()
                            .put("user", user)
                            .put("remoteURI", remoteURI)
                            .put("revision", UUID.randomUUID().toString())));
            Batch batch = new Batch(List.of(blob), List.of(), List.of(new ReceiveCommand(id, blob.id(), NAME)));
            return new Change(new UpstreamRef(blob.id(), user, remoteURI), batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
