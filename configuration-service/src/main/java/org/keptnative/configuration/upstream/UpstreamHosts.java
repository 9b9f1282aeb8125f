package org.keptnative.configuration.upstream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which hosts upstreams may be on, so that nobody reaches by way of this service what is closed to him. */
@Singleton
final class UpstreamHosts {

    private final List<String> allowed;
    private final boolean inCluster;

    @Inject
    UpstreamHosts(@ConfigProperty(name = "configuration.upstream.hosts") Optional<List<String>> allowed) {
        this(allowed.orElse(List.of()), System.getenv("KUBERNETES_SERVICE_HOST") != null);
    }

    UpstreamHosts(List<String> allowed, boolean inCluster) {
        this.allowed = allowed;
        this.inCluster = inCluster;
    }

    /**
     * Looks at each connection, since names may lead elsewhere the next time.
     *
     * @param resolved whether the name is resolved here, and not by a proxy
     * @throws IOException when the host is not allowed
     */
    void check(String host, boolean resolved) throws IOException {
        if (!allowed.isEmpty()) {
            if (allowed.stream().noneMatch(entry -> covers(entry, host))) {
                throw new IOException("UPSTREAM_HOSTS does not allow " + host);
            }
        } else if (inCluster && resolved) {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
                    throw new IOException(
                            host + " leads to the machine itself or to a link-local address; UPSTREAM_HOSTS"
                                    + " can allow it");
                }
            }
        }
    }

    /** Whether an entry of a list of hosts means a host: itself, one below it, or {@code *} for all. */
    static boolean covers(String entry, String host) {
        String domain = entry.strip().replaceFirst("^\\*?\\.", "");
        return domain.equals("*")
                || host.equalsIgnoreCase(domain)
                || host.toLowerCase().endsWith("." + domain.toLowerCase());
    }
}
