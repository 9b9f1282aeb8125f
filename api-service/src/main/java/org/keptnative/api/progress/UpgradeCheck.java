package org.keptnative.api.progress;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import org.keptnative.api.auth.WrongTokens;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Who may open the websocket: whoever has a channel token, but no foreign page in a browser. */
@ApplicationScoped
public class UpgradeCheck implements HttpUpgradeCheck {

    private final ChannelToken tokens;
    private final WrongTokens wrong;

    UpgradeCheck(ChannelToken tokens, WrongTokens wrong) {
        this.tokens = tokens;
        this.wrong = wrong;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        MultiMap headers = context.httpRequest().headers();
        List<String> given = headers.getAll("Token");
        if (given.size() != 1 || given.get(0).isEmpty()) {
            return CheckResult.rejectUpgrade(401);
        }
        if (!tokens.isValid(given.get(0))) {
            long seconds = wrong.refused(context.httpRequest(), "progress");
            return seconds == 0
                    ? CheckResult.rejectUpgrade(401)
                    : CheckResult.rejectUpgrade(429, Map.of("Retry-After", List.of(Long.toString(seconds))));
        }
        String origin = headers.get("Origin");
        if (origin != null && !isSameHost(origin, headers.get("Host"))) {
            return CheckResult.rejectUpgrade(403);
        }
        return CheckResult.permitUpgrade();
    }

    /** A gateway may have taken the port off the {@code Host}; then the names alone must agree. */
    private static boolean isSameHost(String origin, String host) {
        try {
            URI page = URI.create(origin);
            return host != null
                    && (host.equalsIgnoreCase(page.getAuthority()) || host.equalsIgnoreCase(page.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
