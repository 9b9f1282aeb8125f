package org.keptnative.mongodb;

import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A collection with indexes answers as one without them does, which reads all its documents. */
class IndexesTest {

    private static final int DOCUMENTS = 400;
    private static final int QUERIES = 300;
    private static final List<Object> VALUES = Arrays.asList(
            null, 1, 2L, 2.5, 3, 1L << 60, (1L << 60) + 1, -1, "", "a", "ab", "b\u0000c", "ü", true, false);

    @TempDir
    Path folder;

    private MongoServer server;
    private MongoClient client;
    private MongoCollection<Document> plain;
    private MongoCollection<Document> indexed;

    @BeforeEach
    void start() {
        server = new MongoServer(new DurableBackend(folder.resolve("data.mv")));
        client = MongoClients.create("mongodb:/" + server.bind());
        plain = client.getDatabase("test").getCollection("plain");
        indexed = client.getDatabase("test").getCollection("indexed");
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anIndexChangesNoAnswer(long seed) {
        Random random = new Random(seed);
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("tags"), Indexes.descending("a", "b")));
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("a"), Indexes.descending("b")));
        for (int i = 0; i < DOCUMENTS; i++) {
            Document document = document(i, random);
            plain.insertOne(document);
            indexed.insertOne(document);
            if (i == DOCUMENTS / 2) {
                indexed.createIndex(Indexes.ascending("n.x"), new IndexOptions().sparse(true));
                indexed.createIndex(
                        Indexes.ascending("unique"),
                        new IndexOptions().sparse(true).unique(true));
            }
        }
        change(plain, new Random(seed));
        change(indexed, new Random(seed));

        for (int i = 0; i < QUERIES; i++) {
            Bson query = query(random, 2);
            Document sort = sort(random);
            int skip = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
            int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
            String asked = query.toBsonDocument() + " " + sort + " skip " + skip + " limit " + limit;

            assertThat(indexed.countDocuments(query)).as(asked).isEqualTo(plain.countDocuments(query));
            List<Document> expected = all(plain.find(query).sort(sort).batchSize(1 + random.nextInt(50)));
            List<Document> found = all(indexed.find(query).sort(sort).batchSize(1 + random.nextInt(50)));
            assertThat(found).as(asked).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(keys(found, sort)).as(asked).isEqualTo(keys(expected, sort));
            List<Document> page = all(indexed.find(query).sort(sort).skip(skip).limit(limit));
            assertThat(keys(page, sort))
                    .as(asked)
                    .isEqualTo(keys(all(plain.find(query).sort(sort).skip(skip).limit(limit)), sort));
            assertThat(expected).as(asked).containsAll(page);
        }
    }

    @Test
    void whatTheProductAsksIsReadFromAnIndexInItsOrder() {
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("lists"), Indexes.descending("time", "sequence")));
        for (int i = 0; i < 1000; i++) {
            indexed.insertOne(new Document("_id", "e" + i)
                    .append("lists", List.of("p", "t" + i % 10))
                    .append("time", (long) i / 2)
                    .append("sequence", (long) i));
        }
        Document sort = new Document("time", -1).append("sequence", -1);

        List<Document> page =
                all(indexed.find(eq("lists", "t3")).sort(sort).skip(10).limit(5));

        assertThat(page).extracting("_id").containsExactly("e893", "e883", "e873", "e863", "e853");
        assertThat(indexed.countDocuments(and(eq("lists", "p"), gt("time", 450L)), new CountOptions().limit(50)))
                .isEqualTo(50);
        assertThat(indexed.countDocuments(and(eq("lists", "p"), gt("time", 450L))))
                .isEqualTo(98);
    }

    @Test
    void aCursorGoesOnWhereItWasWhileDocumentsComeAndGo() {
        indexed.createIndex(Indexes.ascending("n"));
        for (int i = 0; i < 100; i++) {
            indexed.insertOne(new Document("_id", i).append("n", i));
        }
        List<Integer> seen = new ArrayList<>();
        try (var cursor = indexed.find(gte("n", 0))
                .sort(new Document("n", 1))
                .batchSize(10)
                .iterator()) {
            while (cursor.hasNext()) {
                int n = cursor.next().getInteger("n");
                seen.add(n);
                indexed.deleteOne(eq("_id", n));
                indexed.insertOne(new Document("n", -1 - n));
            }
        }

        assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void answersLargerThanAReplyComeInBatches() {
        String large = "x".repeat(6_000_000);
        for (int i = 0; i < 10; i++) {
            indexed.insertOne(new Document("_id", i).append("p", "a").append("data", large));
        }

        assertThat(all(indexed.find())).hasSize(10);
        assertThat(all(indexed.find().batchSize(25))).hasSize(10);
        assertThat(all(indexed.find(eq("p", "a")).sort(new Document("p", 1)))).hasSize(10);
        indexed.createIndex(Indexes.ascending("p"));
        assertThat(all(indexed.find(eq("p", "a")).limit(25).batchSize(25))).hasSize(10);
    }

    @Test
    void aFileWithoutOrderedIndexesGetsThem() {
        Path old = folder.resolve("old.mv");
        H2Backend backend = new H2Backend(old.toString());
        MongoServer before = new MongoServer(backend);
        try (MongoClient clientBefore = MongoClients.create("mongodb:/" + before.bind())) {
            MongoCollection<Document> events = clientBefore.getDatabase("test").getCollection("events");
            events.createIndex(Indexes.ascending("lists"));
            events.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
            for (int i = 0; i < 10; i++) {
                events.insertOne(new Document("key", "k" + i).append("lists", List.of("all", "l" + i % 2)));
            }
            backend.commit();
        }
        before.shutdownNow();

        MongoServer after = new MongoServer(new DurableBackend(old));
        try (MongoClient clientAfter = MongoClients.create("mongodb:/" + after.bind())) {
            MongoCollection<Document> events = clientAfter.getDatabase("test").getCollection("events");
            assertThat(events.countDocuments(eq("lists", "l1"))).isEqualTo(5);
            assertThat(all(events.find(in("key", "k1", "k3")).sort(Indexes.descending("key"))))
                    .extracting("key")
                    .containsExactly("k3", "k1");
            assertThatThrownBy(() -> events.insertOne(new Document("key", "k1")))
                    .isInstanceOf(MongoWriteException.class);
        } finally {
            after.shutdownNow();
        }
    }

    private static Document document(int id, Random random) {
        Document document = new Document("_id", id % 2 == 0 ? id : "id-" + id);
        if (random.nextInt(10) > 0) {
            document.append("a", value(random));
        }
        if (random.nextInt(10) > 0) {
            document.append("b", value(random));
        }
        if (random.nextInt(10) > 0) {
            document.append(
                    "tags",
                    Stream.generate(() -> "t" + random.nextInt(6))
                            .limit(random.nextInt(4))
                            .toList());
        }
        if (random.nextInt(3) == 0) {
            document.append("n", new Document("x", value(random)));
        }
        if (random.nextInt(3) == 0) {
            document.append("unique", id);
        }
        return document;
    }

    private static void change(MongoCollection<Document> collection, Random random) {
        for (int i = 0; i < 50; i++) {
            Object a = value(random);
            switch (i % 4) {
                case 0 -> collection.updateMany(eq("a", a), Updates.set("b", value(random)));
                case 1 -> collection.updateMany(eq("tags", "t" + random.nextInt(6)), Updates.unset("n"));
                case 2 -> collection.updateMany(and(eq("a", a), gt("b", 1)), Updates.push("tags", "t9"));
                default -> collection.deleteMany(and(eq("a", a), eq("b", value(random))));
            }
        }
    }

    private static Bson query(Random random, int depth) {
        String field = List.of("a", "b", "tags", "n.x", "unique", "_id").get(random.nextInt(6));
        Object value =
                switch (field) {
                    case "tags" -> "t" + random.nextInt(6);
                    case "unique" -> random.nextInt(DOCUMENTS);
                    case "_id" -> random.nextInt(DOCUMENTS);
                    default -> VALUES.get(1 + random.nextInt(VALUES.size() - 1));
                };
        return switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0, 1 -> eq(field, value);
            case 2 -> gt(field, value);
            case 3 -> gte(field, value);
            case 4 -> lt(field, value);
            case 5 -> lte(field, value);
            case 6 -> in(field, value, "t1", 3, null);
            case 7 -> or(query(random, depth - 1), query(random, depth - 1));
            case 8 -> and(query(random, depth - 1), ne("b", 1));
            case 9 -> and(query(random, depth - 1), exists("a", random.nextBoolean()));
            default -> and(query(random, depth - 1), query(random, depth - 1));
        };
    }

    private static Document sort(Random random) {
        int direction = random.nextBoolean() ? 1 : -1;
        return switch (random.nextInt(5)) {
            case 0 -> new Document("a", direction);
            case 1 -> new Document("a", direction).append("b", -direction);
            case 2 -> new Document("a", -1).append("b", -1);
            case 3 -> new Document("_id", direction);
            default -> new Document();
        };
    }

    private static Object value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    /** What decides the order. Numbers of different types may be equal. */
    private static List<List<Object>> keys(List<Document> documents, Document sort) {
        return documents.stream()
                .map(document -> sort.keySet().stream()
                        .map(key -> document.get(key) instanceof Number number
                                ? (Object) number.longValue()
                                : document.get(key))
                        .toList())
                .map(values -> (List<Object>) new ArrayList<>(values))
                .toList();
    }

    private static List<Document> all(FindIterable<Document> found) {
        return found.into(new ArrayList<>());
    }
}
