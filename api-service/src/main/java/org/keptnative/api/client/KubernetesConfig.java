package org.keptnative.api.client;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/** How the API of the cluster is reached that this service runs in; Kubernetes sets all of it. */
@ConfigMapping(prefix = "kubernetes")
interface KubernetesConfig {

    String apiServer();

    /** Holds {@code token} and {@code ca.crt}; does not exist outside a cluster. */
    Path serviceAccount();

    Optional<String> namespace();
}
