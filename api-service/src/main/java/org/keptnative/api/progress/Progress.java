package org.keptnative.api.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells whoever listens to a context how its command is getting on. */
@ApplicationScoped
public class Progress {

    private final Channels channels;
    private final ObjectMapper json;

    Progress(Channels channels, ObjectMapper json) {
        this.channels = channels;
        this.json = json;
    }

    public void info(String context, String message) {
        publish(Frame.of(context, message, false, "INFO"));
    }

    public void error(String context, String message) {
        publish(Frame.of(context, message, false, "ERROR"));
    }

    /** The last frame: clients hang up when they see it. */
    public void terminate(String context) {
        publish(Frame.of(context, "", true, "INFO"));
    }

    private void publish(Frame frame) {
        try {
            channels.publish(frame.shkeptncontext(), json.writeValueAsString(frame));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
