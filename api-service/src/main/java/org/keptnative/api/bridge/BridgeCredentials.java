package org.keptnative.api.bridge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;

/** What one signs in to the Bridge with. */
@RegisterForReflection
record BridgeCredentials(
        @NotNull(message = "is required") String user,
        @NotNull(message = "is required") String password) {

    @Override
    public String toString() {
        return "BridgeCredentials[user=" + user + "]";
    }
}
