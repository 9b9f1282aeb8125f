package org.keptnative.e2e.installation;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real NGINX with the template of the product, in front of whatever addresses it is given. */
public final class Gateway {

    private final URI url;
    private final ManagedProcess process;

    /**
     * @param folder for the gateway's own files and its log
     * @param upstreams variables of {@code deploy/gateway/start}
     */
    public Gateway(Path folder, Map<String, String> upstreams) {
        Map<String, String> environment = new HashMap<>(upstreams);
        environment.putIfAbsent("GATEWAY_LISTEN", "127.0.0.1:" + Ports.free());
        environment.put("GATEWAY_RUN_DIR", folder.resolve("gateway").toString());
        environment.put("PATH", System.getenv("PATH") + ":/usr/sbin");
        URI address = URI.create("http://" + environment.get("GATEWAY_LISTEN"));
        url = address.resolve(environment.getOrDefault("PREFIX_PATH", ""));
        process = new ManagedProcess(
                "gateway", folder, Packaged.gateway(), environment, Probe.http(address.resolve("/nginx-health")));
    }

    /** With the path prefix and without a slash at the end. */
    public URI url() {
        return url;
    }

    public ManagedProcess process() {
        return process;
    }
}
