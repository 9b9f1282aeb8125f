package org.keptnative.configuration.git.mongodb;

import org.bson.Document;

/**
 * A pack in the database: the pack itself and then its index, cut into {@link Chunks}.
 *
 * @param bytes of the pack
 * @param indexBytes of the index
 * @param objects how many
 */
record StoredPack(String id, long bytes, long indexBytes, long objects) {

    int chunks() {
        return Math.toIntExact((bytes + indexBytes + Chunks.SIZE - 1) / Chunks.SIZE);
    }

    Document toDocument() {
        return new Document("id", id)
                .append("bytes", bytes)
                .append("indexBytes", indexBytes)
                .append("objects", objects);
    }

    static StoredPack of(Document document) {
        return new StoredPack(
                document.getString("id"),
                number(document, "bytes"),
                number(document, "indexBytes"),
                number(document, "objects"));
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }
}
