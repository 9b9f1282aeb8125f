package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.event.KeptnEvent;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;
import org.keptnative.configuration.service.ServiceId;

/**
 * Opens and closes approvals and remediations as the events say, in place of the gatekeeper and remediation services
 * of Keptn, which do so by calls. Where both happen, an event still makes one entry only.
 */
@Singleton
class Derivation {

    private static final String PREFIX = "sh.keptn.event.";

    private final HistoryStore store;
    private final DerivationChoice choice;

    Derivation(HistoryStore store, DerivationChoice choice) {
        this.store = store;
        this.choice = choice;
    }

    /** @param time of the event, in nanoseconds since the epoch */
    void apply(ServiceId service, KeptnEvent event, long time) {
        if (!choice.current().derive()) {
            return;
        }
        switch (task(service, event.type())) {
            case "approval.triggered" -> {
                if (!event.idOrEmpty().isEmpty()) {
                    store.openByEvent(service, approval(event, time));
                }
            }
            case "approval.finished" -> {
                if (event.triggeredid() != null) {
                    store.closeByEvent(service, event.triggeredid());
                }
            }
            case "remediation.triggered", "remediation.status.changed" -> {
                if (!event.idOrEmpty().isEmpty()) {
                    store.openByEvent(service, remediation(event, time));
                }
            }
            case "remediation.finished" ->
                store.closeByEvent(service, new ClosedRemediation(event.contextOrEmpty(), time));
            default -> {
                // opens and closes nothing
            }
        }
    }

    /** What an event type is about: 0.8 puts the stage into the types of a whole sequence. */
    private static String task(ServiceId service, String type) {
        String ofStage = PREFIX + service.stage() + ".";
        if (type.startsWith(ofStage)) {
            return type.substring(ofStage.length());
        }
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
    }

    private static OpenApproval approval(KeptnEvent event, long time) {
        return new OpenApproval(
                event.id(),
                event.contextOrEmpty(),
                Nanoseconds.toInstant(time).toString(),
                event.text("image"),
                event.text("tag"),
                time);
    }

    private static OpenRemediation remediation(KeptnEvent event, long time) {
        return new OpenRemediation(
                event.id(),
                event.contextOrEmpty(),
                Nanoseconds.toInstant(time).toString(),
                event.type(),
                event.text("remediation", "result", "actionName"),
                time);
    }
}
