package org.keptnative.configuration.transport;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where whoever asks can clone a project: at the address that the request was sent to. The gateway says what that is, by
 * headers that replace what the client has sent; without them the request came straight here.
 */
@Singleton
public class CloneUrls {

    private static final Pattern HOST = Pattern.compile("[\\w.:\\[\\]-]+");
    private static final Pattern PREFIX = Pattern.compile("(/[\\w.~-]+)*");

    private final TransportConfig config;
    private final HttpServerRequest request;

    CloneUrls(TransportConfig config, HttpServerRequest request) {
        this.config = config;
        this.request = request;
    }

    /** Nothing where projects cannot be cloned. */
    public Optional<String> of(String project) {
        String host = request.getHeader("Host");
        if (config.access() == GitAccess.NONE
                || host == null
                || !HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        String scheme = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")) ? "https" : "http";
        String prefix = Optional.ofNullable(request.getHeader("X-Forwarded-Prefix"))
                .filter(given -> PREFIX.matcher(given).matches())
                .orElse("");
        return Optional.of(scheme + "://" + host + prefix + TransportRoutes.ROOT + project + ".git");
    }
}
