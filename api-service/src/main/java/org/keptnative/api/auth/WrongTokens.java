package org.keptnative.api.auth;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Keeps count of the wrong tokens of each client, whatever kind of token it tries. */
@ApplicationScoped
public class WrongTokens {

    private static final Logger LOG = Logger.getLogger(WrongTokens.class);

    private final FailureLimit limit;

    WrongTokens(AuthConfig config) {
        limit = new FailureLimit(config.failuresPerMinute());
    }

    /**
     * Notes that a request came with a wrong token.
     *
     * @param kind of the token, for the log
     * @return 0, or the seconds the client has to wait because it has sent too many
     */
    public long refused(HttpServerRequest request, String kind) {
        String client = ClientAddress.of(request);
        long now = System.currentTimeMillis();
        long wait = limit.waitMillis(client, now);
        if (wait == 0) {
            limit.failed(client, now);
            LOG.infof("event=token-refused kind=%s client=%s", kind, client);
        }
        return (wait + 999) / 1000;
    }
}
