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

    /** @throws ApiException 4xx, when it is no event or no service that exists is concerned; nothing is kept then */
    void accept(KeptnEvent event) {
        requireTypeAndData(event);
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

    private static void requireTypeAndData(KeptnEvent event) {
        if (event.type() == null || event.type().isBlank() || event.type().length() > KeptnEvent.MAX_TYPE_LENGTH) {
            throw new ApiException(
                    422, "type in body is required, of up to " + KeptnEvent.MAX_TYPE_LENGTH + " characters");
        }
        if (event.data() == null) {
            throw new ApiException(422, "data in body is required");
        }
    }

    private static String required(String what, String name) {
        if (name.isEmpty()) {
            throw ApiException.badRequest(what + " must not be empty");
        }
        return name;
    }
}
