package org.keptnative.configuration.store;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.keptnative.configuration.error.EarlyRefusals;
import org.keptnative.configuration.error.InsideOnly;

import java.util.Set;

/**
 * Where nobody looks at the readiness, the door is shut all the same: to all but those who move the projects here. What
 * does not count is not exported either, since it would be moved back in place of what was written meanwhile.
 */
@ApplicationScoped
class StoreDoor {

    private static final Set<String> HERE = Set.of(InsideOnly.MOVING + "import", InsideOnly.MOVING + "store");

    private final StoreOfRecord store;

    StoreDoor(StoreOfRecord store) {
        this.store = store;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        if (HERE.contains(context.normalizedPath())) {
            context.next();
        } else {
            store.refusal().ifPresentOrElse(reason -> EarlyRefusals.refuse(context, 503, reason), context::next);
        }
    }
}
