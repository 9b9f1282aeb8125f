package org.keptnative.datastore.event;

import com.mongodb.MongoClientSettings;
import io.vertx.core.json.JsonObject;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.pojo.PojoCodecProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.Events;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class EventBytesTest {

    private static final Codec<EventDocument> CODEC = CodecRegistries.fromRegistries(
                    MongoClientSettings.getDefaultCodecRegistry(),
                    CodecRegistries.fromProviders(
                            PojoCodecProvider.builder().automatic(true).build()))
            .get(EventDocument.class);

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "äöü", "€", "\uD83D\uDE00", "\0", "\"\\\n"})
    void they_are_those_that_the_driver_would_write(String text) {
        JsonObject event = Events.event("p" + text);
        event.getJsonObject("data").put("text", text.repeat(10_000)).put(text, text);
        EventDocument document = EventDocument.of(
                EventParser.one(event.encode().getBytes(StandardCharsets.UTF_8)), 1, Set.of("follower"));

        assertThat(EventBytes.of(document, CODEC)).isEqualTo(new RawBsonDocument(document, CODEC));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_without_its_json_has_bytes_too(boolean isRoot) {
        EventDocument document = EventDocument.of(
                EventParser.one(Events.event("p").encode().getBytes(StandardCharsets.UTF_8)), 1, Set.of());
        document.json = null;
        if (!isRoot) {
            document.giveUpRoot();
        }

        assertThat(EventBytes.of(document, CODEC)).isEqualTo(new RawBsonDocument(document, CODEC));
    }
}
