package org.keptnative.configuration.history;

import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.event.KeptnEvent;
import org.keptnative.configuration.service.ServiceId;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is open at a service, opened and closed by calls: approvals, and remediations. */
abstract class OpenItems<T> {

    private final String name;
    private final KnownServices services;
    private final VersionStore versions;
    final HistoryStore store;

    /** @param name of one of them, for error messages */
    OpenItems(String name, KnownServices services, HistoryStore store, VersionStore versions) {
        this.name = name;
        this.services = services;
        this.store = store;
        this.versions = versions;
    }

    abstract List<T> in(HistoryDocument document);

    /** The texts that would be remembered of it; the id of its event is the first, the others may be null. */
    abstract Stream<String> texts(T item);

    /** Changes nothing when one of the same event is open. */
    abstract void open(ServiceId service, T item);

    /** @return whether any was open */
    abstract boolean close(ServiceId service, String id);

    List<T> of(String project, String stage, String service) {
        return in(store.get(services.get(project, stage, service)));
    }

    void open(String project, String stage, String service, T item) {
        ServiceId known = services.get(project, stage, service);
        if (texts(item).findFirst().orElseThrow().isEmpty()) {
            throw ApiException.badRequest("eventId must not be empty");
        }
        if (texts(item).filter(Objects::nonNull).anyMatch(text -> text.length() > KeptnEvent.MAX_LENGTH)) {
            throw ApiException.badRequest(
                    "no member of the " + name + " may have more than " + KeptnEvent.MAX_LENGTH + " characters");
        }
        open(known, item);
        versions.renew(project, stage);
    }

    void close(String project, String stage, String service, String id) {
        String failed = "Could not close " + name + ": ";
        ServiceId known =
                services.get(project, stage, service, () -> ApiException.badRequest(failed + "service not found"));
        boolean wasOpen = close(known, id);
        versions.renew(project, stage);
        if (!wasOpen) {
            throw ApiException.notFound(failed + "open " + name + " not found");
        }
    }
}
