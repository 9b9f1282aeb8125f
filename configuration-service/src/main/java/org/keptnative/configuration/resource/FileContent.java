package org.keptnative.configuration.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file; streamed into the answer in base64, so that no large file is ever in memory as a whole. */
@Schema(type = SchemaType.STRING, format = "byte", description = "the file, in base64")
final class FileContent implements JsonSerializable {

    /** Opens the content from its beginning. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    private final long length;
    private final Source source;

    /** Null for an empty file, which the wire form leaves out. */
    static FileContent of(ObjectLoader file) {
        return file.getSize() == 0 ? null : new FileContent(file.getSize(), file::openStream);
    }

    static FileContent of(byte[] bytes) {
        return new FileContent(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private FileContent(long length, Source source) {
        this.length = length;
        this.source = source;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        try (InputStream in = source.open()) {
            json.writeBinary(in, (int) length);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
