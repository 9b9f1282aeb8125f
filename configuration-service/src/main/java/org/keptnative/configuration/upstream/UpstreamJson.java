package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.keptnative.configuration.git.GitException;

import java.io.IOException;
import java.util.Optional;

/** The form in which Keptn keeps the credentials of an upstream. */
final class UpstreamJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private UpstreamJson() {}

    static byte[] write(Upstream upstream) throws IOException {
        return JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("user", upstream.user())
                .put("token", upstream.token())
                .put("remoteURI", upstream.remoteURI()));
    }

    /** Nothing when it is none: then it can be set again. */
    static Optional<Upstream> read(byte[] text) throws IOException {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(Upstream.of(
                    json.path("user").asText(),
                    json.path("token").asText(),
                    json.path("remoteURI").asText()));
        } catch (JacksonException | GitException e) {
            return Optional.empty();
        }
    }
}
