package org.keptnative.configuration.upstream;

import org.keptnative.configuration.git.GitException;

import java.util.Optional;

/** Where there may be several replicas, and no place that all of them share: what one keeps, the others would miss. */
final class NoCredentialStore implements CredentialStore {

    @Override
    public void requireUsable() {
        throw GitException.invalid(
                "no project can have an upstream here: with CONFIGURATION_STORE=mongodb outside of"
                        + " Kubernetes, UPSTREAM_CREDENTIALS_DIR must name a folder for its credentials that all replicas share");
    }

    @Override
    public Optional<Upstream> find(String key) {
        return Optional.empty();
    }

    @Override
    public void save(String key, Upstream upstream) {
        requireUsable();
    }

    @Override
    public void delete(String key) {
        // there are none
    }
}
