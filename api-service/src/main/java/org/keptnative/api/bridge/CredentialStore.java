package org.keptnative.api.bridge;

import io.smallrye.mutiny.Uni;

/** Where the Bridge finds the credentials. */
interface CredentialStore {

    Uni<Void> save(BridgeCredentials credentials);

    /** Fails with 404 when there are none. */
    Uni<BridgeCredentials> load();
}
