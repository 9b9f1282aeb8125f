package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.event.KeptnEvent;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps what an event says about a service. The same event may come again, and events may come in any order. */
@Singleton
class EventIntake {

    private final KnownServices services;
    private final HistoryStore store;
    private final VersionStore versions;
    private final Derivation derivation;

    EventIntake(KnownServices services, HistoryStore store, VersionStore versions, Derivation derivation) {
        this.services = services;
        this.store = store;
        this.versions = versions;
        this.derivation = derivation;
    }

    /** @throws ApiException 4xx, when it is no event, or one that cannot be remembered */
    Receipt accept(KeptnEvent event) {
        return accept(event, service -> versions.renew(service.project(), service.stage()));
    }

    /** @param changed is told of the service when something about it may have been remembered */
    Receipt accept(KeptnEvent event, Consumer<ServiceId> changed) {
        event.check();
        for (String place : List.of("project", "stage", "service")) {
            if (event.text(place).isEmpty()) {
                return Receipt.notForUs("the event names no " + place);
            }
        }
        Optional<ServiceId> service = services.find(event.text("project"), event.text("stage"), event.text("service"));
        service.ifPresent(known -> remember(known, event, changed));
        return service.isPresent()
                ? Receipt.REMEMBERED
                : Receipt.notForUs("there is no such project, stage or service");
    }

    private void remember(ServiceId service, KeptnEvent event, Consumer<ServiceId> changed) {
        long time = Nanoseconds.of(event.instant());
        try {
            store.record(service, event.type(), new LastEvent(event.idOrEmpty(), event.contextOrEmpty(), time));
            DeployedImage.of(event)
                    .ifPresent(image -> store.deployed(service, new Deployment(image, event.idOrEmpty(), time)));
            derivation.apply(service, event, time);
        } finally {
            changed.accept(service);
        }
    }
}
