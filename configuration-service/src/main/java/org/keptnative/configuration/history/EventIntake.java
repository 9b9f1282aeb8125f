package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.service.ServiceId;

/** Keeps what an event says about a service. The same event may come again, and events may come in any order. */
@Singleton
class EventIntake {

    private final KnownServices services;
    private final HistoryStore store;
    private final Derivation derivation;

    EventIntake(KnownServices services, HistoryStore store, Derivation derivation) {
        this.services = services;
        this.store = store;
        this.derivation = derivation;
    }

    /** @throws ApiException 4xx, when the event does not belong to a service that exists; nothing is kept then */
    void accept(KeptnEvent event) {
        ServiceId service = services.get(
                required("Project", event.text("project")),
                required("Stage", event.text("stage")),
                required("Service", event.text("service")),
                missing -> ApiException.badRequest("Could not update service: " + missing + " not found"));
        long time = Nanoseconds.of(event.time());
        store.record(service, event.type(), new LastEvent(event.idOrEmpty(), event.contextOrEmpty(), time));
        DeployedImage.of(event)
                .ifPresent(image -> store.deployed(service, new Deployment(image, event.idOrEmpty(), time)));
        derivation.apply(service, event, time);
    }

    private static String required(String what, String name) {
        if (name.isEmpty()) {
            throw ApiException.badRequest(what + " must not be empty");
        }
        return name;
    }
}
