package org.keptnative.configuration.git.mongodb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;

/** The packs in pieces, which never change: {@code pack/<repository>/<pack>/<number>}. */
final class Chunks {

    /** What one read brings, in bytes. Most packs are smaller, so that one piece has the pack and its index. */
    static final int SIZE = 256 * 1024;

    private static final String PREFIX = "pack/";
    private static final String BYTES = "bytes";

    /** A piece that is to be written. */
    record Chunk(String id, byte[] bytes) {

        WriteModel<Document> writing() {
            return new UpdateOneModel<>(eq("_id", id), set(BYTES, new Binary(bytes)), new UpdateOptions().upsert(true));
        }
    }

    private final MongoCollection<Document> collection;

    /** JGit asks for the pack and for its index, one after the other, and keeps them then. */
    private final Cache<String, byte[]> recent;

    /** @param cacheBytes how much memory the pieces may take that were read or written last */
    Chunks(MongoCollection<Document> collection, long cacheBytes) {
        this.collection = collection;
        recent = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((String id, byte[] bytes) -> id.length() + bytes.length)
                .build();
    }

    static String id(String repository, String pack, int number) {
        return prefix(repository) + pack + "/" + "%06d".formatted(number);
    }

    byte[] read(String id) throws FileNotFoundException {
        byte[] known = recent.getIfPresent(id);
        if (known != null) {
            return known;
        }
        Document document = collection.find(eq("_id", id)).first();
        if (document == null) {
            throw new FileNotFoundException(id);
        }
        byte[] bytes = document.get(BYTES, Binary.class).getData();
        remember(id, bytes);
        return bytes;
    }

    void write(List<Chunk> chunks) {
        if (!chunks.isEmpty()) {
            collection.bulkWrite(chunks.stream().map(Chunk::writing).toList());
        }
    }

    /** What has just been written is read next. */
    void remember(Chunk chunk) {
        remember(chunk.id(), chunk.bytes());
    }

    private void remember(String id, byte[] bytes) {
        if (bytes.length < SIZE) {
            recent.put(id, bytes);
        }
    }

    void delete(String repository, String pack, int pieces) {
        if (pieces > 0) {
            collection.deleteMany(in(
                    "_id",
                    IntStream.range(0, pieces)
                            .mapToObj(number -> id(repository, pack, number))
                            .toList()));
        }
    }

    void deleteAllOf(String repository, String pack) {
        deleteAll(prefix(repository) + pack + "/");
    }

    void deleteAllOf(String repository) {
        deleteAll(prefix(repository));
    }

    /** Tells the repository and the pack of each piece there is; all pieces of a pack after each other. */
    void forEach(BiConsumer<String, String> visitor) {
        try (MongoCursor<Document> all = collection
                .find(startingWith(PREFIX))
                .projection(include("_id"))
                .sort(ascending("_id"))
                .iterator()) {
            while (all.hasNext()) {
                String[] parts = all.next().getString("_id").split("/");
                visitor.accept(parts[1], parts[2]);
            }
        }
    }

    private void deleteAll(String prefix) {
        collection.deleteMany(startingWith(prefix));
    }

    /** @param prefix ends with a slash, which a zero follows */
    static Bson startingWith(String prefix) {
        return and(gt("_id", prefix), lt("_id", prefix.substring(0, prefix.length() - 1) + "0"));
    }

    private static String prefix(String repository) {
        return PREFIX + repository + "/";
    }
}
