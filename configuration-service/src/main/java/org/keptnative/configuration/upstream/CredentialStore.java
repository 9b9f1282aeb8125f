package org.keptnative.configuration.upstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the upstreams of the projects, outside their repositories: under {@link UpstreamRef#key}, and those of former
 * editions under the name of the project.
 */
interface CredentialStore {

    /** @throws org.keptnative.configuration.git.GitException when no project can have credentials here */
    default void requireUsable() {}

    /** @throws java.io.UncheckedIOException when the store cannot be asked */
    Optional<Upstream> find(String key);

    /** Replaces what there is. */
    void save(String key, Upstream upstream);

    /** If there is one. */
    void delete(String key);

    /** The keys of all that were saved before; of none where others may have theirs as well. */
    default List<String> savedBefore(Instant time) {
        return List.of();
    }
}
