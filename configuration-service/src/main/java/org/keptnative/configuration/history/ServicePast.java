package org.keptnative.configuration.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.keptnative.configuration.event.Times;
import org.keptnative.configuration.history.HistoryDocument.ClosedRemediation;
import org.keptnative.configuration.history.HistoryDocument.Deployment;
import org.keptnative.configuration.history.HistoryDocument.LastEvent;
import org.keptnative.configuration.history.HistoryDocument.OpenApproval;
import org.keptnative.configuration.history.HistoryDocument.OpenRemediation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is remembered of a service in a stage, as it moves between installations; null for nothing.
 *
 * @param creationDate see {@link HistoryDocument#creationDate}
 * @param lastEvents by type
 */
@JsonInclude(Include.NON_NULL)
@RegisterForReflection
public record ServicePast(
        String creationDate,
        Map<String, LastEvent> lastEvents,
        Deployment deployment,
        List<OpenApproval> approvals,
        List<OpenRemediation> remediations,
        List<String> closedApprovals,
        List<ClosedRemediation> closedRemediations) {

    private static final String DEPLOYMENT_FINISHED = "sh.keptn.events.deployment-finished";

    /** From what the view {@code keptnProjectsMV} of Keptn 0.7 says of a service. */
    public static ServicePast ofView(JsonNode service) {
        Map<String, LastEvent> events = new LinkedHashMap<>();
        service.path("lastEventTypes").properties().forEach(type -> events.put(type.getKey(), event(type.getValue())));
        LastEvent deployed = events.getOrDefault(DEPLOYMENT_FINISHED, new LastEvent("", "", 0));
        String image = service.path("deployedImage").asText("");
        Opened opened = new Opened();
        List<OpenApproval> approvals = new ArrayList<>();
        service.path("openApprovals").forEach(open -> {
            if (open.isObject()) { // the original stored null for a call with an empty body
                approvals.add(new OpenApproval(
                        text(open, "eventId"),
                        text(open, "keptnContext"),
                        text(open, "time"),
                        text(open, "image"),
                        text(open, "tag"),
                        opened.next(text(open, "time"))));
            }
        });
        List<OpenRemediation> remediations = new ArrayList<>();
        service.path("openRemediations").forEach(open -> {
            if (open.isObject()) {
                remediations.add(new OpenRemediation(
                        text(open, "eventId"),
                        text(open, "keptnContext"),
                        text(open, "time"),
                        text(open, "type"),
                        text(open, "action"),
                        opened.next(text(open, "time"))));
            }
        });
        return new ServicePast(
                text(service, "creationDate"),
                events.isEmpty() ? null : events,
                image.isEmpty() ? null : new Deployment(image, deployed.eventId(), deployed.time()),
                approvals.isEmpty() ? null : approvals,
                remediations.isEmpty() ? null : remediations,
                null,
                null);
    }

    private static LastEvent event(JsonNode event) {
        return new LastEvent(
                event.path("eventId").asText(""),
                event.path("keptnContext").asText(""),
                event.path("time").asLong());
    }

    private static String text(JsonNode object, String member) {
        return object.hasNonNull(member) ? object.path(member).asText() : null;
    }

    /** The times of what is open, as the original wrote them; the order of its list stays, whatever they say. */
    private static final class Opened {

        private long last;

        long next(String time) {
            last = Math.max(last + 1, nanoseconds(time));
            return last;
        }

        /** {@code 2026-11-28 01:58:10.797845 +0000 UTC}, or RFC 3339; 0 for any other text. */
        private static long nanoseconds(String time) {
            String[] parts = String.valueOf(time).split(" ");
            String standard = parts.length < 3 ? parts[0] : parts[0] + "T" + parts[1] + parts[2];
            return Times.parse(standard)
                    .map(instant -> Math.max(0, instant.getEpochSecond()) * 1_000_000_000L + instant.getNano())
                    .orElse(0L);
        }
    }
}
