package org.keptnative.configuration.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import org.keptnative.configuration.error.BodyRefused;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the body of a request that is an event. */
@Provider
class EventReader implements MessageBodyReader<KeptnEvent> {

    private final ObjectReader json;

    EventReader(ObjectMapper json) {
        this.json = EventJson.of(json).readerFor(KeptnEvent.class);
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == KeptnEvent.class;
    }

    /** @return null when there is nothing to read */
    @Override
    public KeptnEvent readFrom(
            Class<KeptnEvent> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        try (JsonParser in = new Envelope(json.createParser(new InputStreamReader(body, UTF_8.newDecoder())))) {
            return in.nextToken() == null ? null : json.readValue(in);
        } catch (CharacterCodingException e) {
            throw new BodyRefused(400, "the body is no JSON in UTF-8");
        }
    }
}
