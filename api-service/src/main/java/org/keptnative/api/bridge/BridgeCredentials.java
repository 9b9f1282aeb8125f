package org.keptnative.api.bridge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What one signs in to the Bridge with. */
@RegisterForReflection
@Schema(name = "ConfigureBridge")
record BridgeCredentials(
        @Schema(required = true, examples = "keptn", minLength = 1, maxLength = 1024)
        String user,

        @Schema(required = true, examples = "a long password", minLength = 1, maxLength = 1024)
        String password) {

    @Override
    public String toString() {
        return "BridgeCredentials[user=" + user + "]";
    }
}
