package org.keptnative.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

/** Keeps documents as BSON, which is read many times faster than Java's serialized form; that one is read as well. */
final class DocumentType extends BasicDataType<Document> {

    /** Begins no value of {@link ObjectDataType}. */
    private static final byte BSON = 0x7B;

    private static final int BYTES_OF_A_VALUE = 16;

    private final ObjectDataType serialized = new ObjectDataType();

    /** About as many bytes as the document has in BSON. */
    static int size(Document document) {
        return sizeOf(document);
    }

    private static int sizeOf(Object value) {
        int size = BYTES_OF_A_VALUE;
        if (value instanceof String text) {
            size += text.length();
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += sizeOf(entry.getKey()) + sizeOf(entry.getValue());
            }
        } else if (value instanceof Collection<?> list) {
            for (Object element : list) {
                size += sizeOf(element);
            }
        }
        return size;
    }

    @Override
    public int getMemory(Document document) {
        return size(document);
    }

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf bytes = Unpooled.buffer();
        BsonEncoder.encodeDocument(document, bytes);
        out.put(BSON);
        out.put(bytes.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer in) {
        int position = in.position();
        if (in.get() != BSON) {
            in.position(position);
            return (Document) serialized.read(in);
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(in);
        Document document = BsonDecoder.decodeBson(bytes);
        in.position(in.position() + bytes.readerIndex());
        return document;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
