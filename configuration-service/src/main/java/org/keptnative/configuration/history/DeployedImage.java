package org.keptnative.configuration.history;

import org.keptnative.configuration.event.KeptnEvent;

import java.util.Optional;

/** The image that an event reports as deployed. */
final class DeployedImage {

    private static final String FINISHED_0_7 = "sh.keptn.events.deployment-finished";
    private static final String FINISHED_0_8 = "sh.keptn.event.deployment.finished";

    private DeployedImage() {}

    /** {@code image:tag} when the event finishes a deployment and names both; 0.8 may give them in one text. */
    static Optional<String> of(KeptnEvent event) {
        return switch (event.type()) {
            case FINISHED_0_7 -> imageAndTag(event);
            case FINISHED_0_8 ->
                imageAndTag(event).or(() -> nonEmpty(event.text("configurationChange", "values", "image")));
            default -> Optional.empty();
        };
    }

    private static Optional<String> imageAndTag(KeptnEvent event) {
        return nonEmpty(event.text("image"))
                .flatMap(image -> nonEmpty(event.text("tag")).map(tag -> image + ":" + tag));
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
