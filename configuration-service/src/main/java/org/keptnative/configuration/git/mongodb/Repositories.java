package org.keptnative.configuration.git.mongodb;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.keptnative.configuration.git.mongodb.Chunks.Chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

/** The documents of the repositories: {@code project/<name>}, and {@code unplaced/<repository>} until it has its name. */
class Repositories {

    private static final String PROJECT = "project/";
    private static final String UNPLACED = "unplaced/";

    private final MongoCollection<Document> collection;

    Repositories(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    static String ofProject(String name) {
        return PROJECT + name;
    }

    static String unplaced(RepositoryState state) {
        return UNPLACED + state.repository();
    }

    List<String> projects() {
        return collection
                .find(Chunks.startingWith(PROJECT))
                .projection(include("_id"))
                .map(document -> document.getString("_id").substring(PROJECT.length()))
                .into(new ArrayList<>());
    }

    /** @return null when there is none */
    RepositoryState read(String id) {
        return stateOf(collection.find(eq("_id", id)).first());
    }

    /**
     * What tells one version from another.
     *
     * @return null when there is none
     */
    Document version(String id) {
        return collection
                .find(eq("_id", id))
                .projection(include(RepositoryState.REPOSITORY, RepositoryState.VERSION))
                .first();
    }

    /** @return false when there is another one already */
    boolean insert(String id, RepositoryState state) {
        try {
            collection.insertOne(state.toDocument(id));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                Document present = version(id);
                return present != null && state.repository().equals(present.getString(RepositoryState.REPOSITORY));
            }
            throw e;
        }
    }

    /**
     * Replaces a version by the next one, if it is still there. The pieces of its packs are written before, by the same
     * command.
     */
    boolean replace(String id, RepositoryState from, RepositoryState to, List<Chunk> chunks) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        chunks.forEach(chunk -> writes.add(chunk.writing()));
        writes.add(new UpdateOneModel<>(at(id, from), from.changeTo(to)));
        BulkWriteResult result = collection.bulkWrite(writes);
        // A piece is an upsert, unless the driver has tried twice; then it is counted as matched.
        int pieces = chunks.size() - result.getUpserts().size();
        return result.getMatchedCount() > pieces;
    }

    /**
     * Makes another version of the same content, so that no change of a former one can come to count any more.
     *
     * @return the state that is to stay; null when there is none
     */
    RepositoryState fence(String id) {
        return insist(id, () -> renew(eq("_id", id), inc(RepositoryState.VERSION, 1L)));
    }

    private Document renew(Bson which, Bson change) {
        return collection.findOneAndUpdate(
                which, change, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
    }

    /**
     * Makes another version of the same content that asks others to wait.
     *
     * @return null when there is none, or somebody else asks already
     */
    RepositoryState ask(String id, Turn turn) {
        return stateOf(renew(
                and(eq("_id", id), exists(RepositoryState.TURN, false)),
                combine(inc(RepositoryState.VERSION, 1L), set(RepositoryState.TURN, turn.toDocument()))));
    }

    /** @return what was there; null when there was none */
    RepositoryState remove(String id) {
        return insist(id, () -> collection.findOneAndDelete(eq("_id", id)));
    }

    /** FerretDB finds nothing also when the document changes at that moment: it is gone only when nobody sees it. */
    private RepositoryState insist(String id, Supplier<Document> command) {
        Document document = command.get();
        while (document == null && version(id) != null) {
            document = command.get();
        }
        return stateOf(document);
    }

    private static RepositoryState stateOf(Document document) {
        return document == null ? null : RepositoryState.of(document);
    }

    /** Tells the ids and states of all repositories, those without a name included. */
    void forEach(BiConsumer<String, RepositoryState> visitor) {
        for (String kind : List.of(PROJECT, UNPLACED)) {
            collection
                    .find(Chunks.startingWith(kind))
                    .forEach(document -> visitor.accept(document.getString("_id"), RepositoryState.of(document)));
        }
    }

    boolean isPlaced(String id) {
        return id.startsWith(PROJECT);
    }

    private static Bson at(String id, RepositoryState state) {
        return and(
                eq("_id", id),
                eq(RepositoryState.REPOSITORY, state.repository()),
                eq(RepositoryState.VERSION, state.version()));
    }
}
