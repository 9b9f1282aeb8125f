package org.keptnative.api.bridge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What one signs in to the Bridge with. */
@RegisterForReflection
@Schema(name = "ConfigureBridge")
record BridgeCredentials(
        @Schema(examples = "keptn", minLength = 1, maxLength = 1024) @NotNull(message = "is required")
        String user,

        @Schema(examples = "a long password", minLength = 1, maxLength = 1024) @NotNull(message = "is required")
        String password) {

    @Override
    public String toString() {
        return "BridgeCredentials[user=" + user + "]";
    }
}
