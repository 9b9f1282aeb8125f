package org.keptnative.datastore.event;

import org.bson.BsonBinaryWriter;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

import java.nio.charset.StandardCharsets;

/** An event as the database gets it. The driver itself writes a long text character by character, which takes long. */
final class EventBytes extends BasicOutputBuffer {

    private static final int BESIDE_THE_JSON = 4096;

    private EventBytes(int size) {
        super(size);
    }

    static RawBsonDocument of(EventDocument event, Codec<EventDocument> codec) {
        int size = event.json == null ? 0 : event.json.length();
        EventBytes bytes = new EventBytes(size + BESIDE_THE_JSON);
        codec.encode(
                new BsonBinaryWriter(bytes), event, EncoderContext.builder().build());
        return new RawBsonDocument(bytes.getInternalBuffer(), 0, bytes.getPosition());
    }

    /** Of what is stored nothing has half a surrogate pair, see {@link JsonWriter} and {@link IndexKey}. */
    @Override
    protected int writeCharacters(String text, boolean isName) {
        if (isName) {
            return super.writeCharacters(text, true);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeBytes(utf8);
        writeByte(0);
        return utf8.length + 1;
    }
}
