package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;

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

    static Upstream read(byte[] text) throws IOException {
        JsonNode json = JSON.readTree(text);
        return Upstream.of(
                json.path("user").asText(),
                json.path("token").asText(),
                json.path("remoteURI").asText());
    }
}
