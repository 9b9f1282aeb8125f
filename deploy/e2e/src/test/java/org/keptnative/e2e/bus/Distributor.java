package org.keptnative.e2e.bus;

import org.keptnative.e2e.installation.Installation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Posts to the datastore whatever it hears, as the original's distributor beside the original's datastore does. */
final class Distributor {

    private final EventBroker broker;
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();

    Distributor(Installation installation) {
        broker = new EventBroker(installation);
    }

    void listen(Bus bus) {
        bus.listen("sh.keptn.>", message -> {
            try {
                statuses.add(broker.redeliver(new String(message.getData(), StandardCharsets.UTF_8)));
            } catch (java.io.IOException e) {
                statuses.add(-1);
            }
        });
    }

    /** What was answered so far. */
    List<Integer> statuses() {
        return statuses;
    }
}
