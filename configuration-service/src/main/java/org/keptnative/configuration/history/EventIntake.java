package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;
import java.util.Optional;

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

    /** @throws ApiException 422, when it is no event */
    Receipt accept(KeptnEvent event) {
        if (event.type() == null || event.type().isBlank() || event.type().length() > KeptnEvent.MAX_TYPE_LENGTH) {
            throw new ApiException(
                    422, "type in body is required, of up to " + KeptnEvent.MAX_TYPE_LENGTH + " characters");
        }
        for (String place : List.of("project", "stage", "service")) {
            if (event.text(place).isEmpty()) {
                return Receipt.notForUs("the event names no " + place);
            }
        }
        Optional<ServiceId> service = services.find(event.text("project"), event.text("stage"), event.text("service"));
        service.ifPresent(known -> remember(known, event));
        return service.isPresent()
                ? Receipt.REMEMBERED
                : Receipt.notForUs("there is no such project, stage or service");
    }

    private void remember(ServiceId service, KeptnEvent event) {
        long time = Nanoseconds.of(event.time());
        store.record(service, event.type(), new LastEvent(event.idOrEmpty(), event.contextOrEmpty(), time));
        DeployedImage.of(event)
                .ifPresent(image -> store.deployed(service, new Deployment(image, event.idOrEmpty(), time)));
        derivation.apply(service, event, time);
    }
}
