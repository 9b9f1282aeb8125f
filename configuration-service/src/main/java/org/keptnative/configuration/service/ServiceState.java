package org.keptnative.configuration.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;
import java.util.Map;

/**
 * What happened to a service in a stage, as far as it is remembered.
 *
 * @param creationDate as the installation that it was imported from knew it; null for as its metadata say
 */
public record ServiceState(Members happened, Members open, String creationDate) {

    /** A service to which nothing has happened yet. */
    public static final ServiceState NONE = of(new Happened(null, Map.of()), new Open(List.of(), List.of()), null);

    /**
     * What happened last.
     *
     * @param deployedImage {@code image:tag} of the last finished deployment
     * @param lastEventTypes the last event of each type, by type
     */
    @RegisterForReflection
    public record Happened(
            @JsonInclude(Include.NON_EMPTY) String deployedImage,
            @JsonInclude(Include.NON_EMPTY) Map<String, EventContext> lastEventTypes) {}

    /** What waits for an answer or is going on. */
    @RegisterForReflection
    public record Open(List<Approval> openApprovals, List<Remediation> openRemediations) {}

    public static ServiceState of(Happened happened, Open open, String creationDate) {
        return new ServiceState(Members.of(happened), Members.of(open), creationDate);
    }

    /** As clients see it; null when it is not known. */
    String creationDate(ServiceId service) {
        return creationDate == null ? service.creationDate() : creationDate;
    }

    /** About how much memory it takes. */
    public int bytes() {
        return 100 + happened.json().length() + open.json().length();
    }
}
