package org.keptnative.api.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Tells whoever listens to a context how its command is getting on. What has been told once is not told again, so that a
 * replica that takes over a command just does all of it again. Each completes when what is told cannot be lost any more.
 */
@ApplicationScoped
public class Progress {

    private final Channels channels;
    private final ObjectMapper json;

    Progress(Channels channels, ObjectMapper json) {
        this.channels = channels;
        this.json = json;
    }

    public Uni<Void> info(String context, String message) {
        return publish(Frame.of(context, message, false, "INFO"));
    }

    public Uni<Void> error(String context, String message) {
        return publish(Frame.of(context, message, false, "ERROR"));
    }

    /** The last frame: clients hang up when they see it. */
    public Uni<Void> terminate(String context) {
        return publish(Frame.of(context, "", true, "INFO"));
    }

    private Uni<Void> publish(Frame frame) {
        try {
            return channels.publish(frame.shkeptncontext(), json.writeValueAsString(frame), key(frame));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(Frame frame) {
        String told = frame.shkeptncontext() + ' ' + frame.data();
        return UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
