package org.keptnative.api.error;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An {@link ApiError} sent where no endpoint is involved yet. */
public final class Refusal {

    private Refusal() {}

    public static void send(RoutingContext context, int status, String message) {
        context.request()
                .resume(); // read on, so that the client gets to see the answer and the connection stays usable
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(JsonObject.of("code", status, "message", message).encode());
    }
}
