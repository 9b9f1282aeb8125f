package org.keptnative.configuration.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The bytes of a file; streamed into the answer in base64, so that no large file is ever in memory as a whole. */
@Schema(type = SchemaType.STRING, format = "byte", description = "the file, in base64")
final class FileContent implements JsonSerializable {

    /** Writes the content from its beginning to its end. */
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Source source;

    /** Null for an empty file, which the wire form leaves out. */
    static FileContent of(ObjectLoader file) {
        return file.getSize() == 0 ? null : new FileContent(file::copyTo);
    }

    static FileContent of(Source source) {
        return new FileContent(source);
    }

    private FileContent(Source source) {
        this.source = source;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeRawValue("\"");
        try (OutputStream base64 = Base64.getEncoder().wrap(new RawText(json))) {
            source.writeTo(base64);
        }
        json.writeRaw('"');
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }

    /** Puts what is ASCII already between the quotes of a value. */
    private static final class RawText extends OutputStream {

        private final JsonGenerator json;

        RawText(JsonGenerator json) {
            this.json = json;
        }

        @Override
        public void write(int ascii) throws IOException {
            json.writeRaw((char) ascii);
        }

        @Override
        public void write(byte[] ascii, int offset, int length) throws IOException {
            json.writeRaw(new String(ascii, offset, length, ISO_8859_1));
        }
    }
}
