package org.keptnative.mongodb;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The server as `make run` starts it, in a process of its own, seen through MongoDB's driver. */
class EmbeddedMongoTest {

    @TempDir
    Path folder;

    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.start(folder.resolve("data").resolve("mongodb.mv"));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void keepsDocumentsAndUniqueIndexesOverACleanRestart() throws Exception {
        try (MongoClient client = server.connect()) {
            MongoCollection<Document> events = events(client);
            events.createIndex(ascending("source", "id"), new IndexOptions().unique(true));
            events.insertOne(new Document("source", "test").append("id", "1").append("data", null));
            events.updateOne(eq("id", "1"), set("delivered", true));
        }

        server.stop();
        server = ServerProcess.start(server.file());

        try (MongoClient client = server.connect()) {
            MongoCollection<Document> events = events(client);
            assertThat(events.find(eq("id", "1")).first())
                    .containsEntry("delivered", true)
                    .containsEntry("data", null);
            assertThatThrownBy(() -> events.insertOne(new Document("source", "test").append("id", "1")))
                    .isInstanceOfSatisfying(
                            MongoWriteException.class,
                            e -> assertThat(e.getCode()).isEqualTo(11000));
        }
    }

    @Test
    void keepsItsFileInProportionToItsContent() throws Exception {
        try (MongoClient client = server.connect()) {
            MongoCollection<Document> events = events(client);
            for (int i = 0; i < 500; i++) {
                events.insertOne(new Document("id", i).append("data", "x".repeat(500)));
                events.updateOne(eq("id", i), set("delivered", true));
            }
        }

        assertThat(Files.size(server.file())).isLessThan(8 << 20);
    }

    @RepeatedTest(3)
    void losesNothingAcknowledgedWhenItIsKilledUnderParallelWriters() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger sent = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        try (MongoClient client = server.connect()) {
            MongoCollection<Document> events = events(client);
            events.createIndex(ascending("id"), new IndexOptions().unique(true));
            events.createIndex(ascending("list", "number"));
            for (int i = 0; i < 4; i++) {
                Thread writer = new Thread(() -> write(events, sent, acknowledged));
                writer.start();
                writers.add(writer);
            }
            while (acknowledged.size() < 200) {
                Thread.sleep(1);
            }
            server.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        server = ServerProcess.start(server.file());

        try (MongoClient client = server.connect()) {
            MongoCollection<Document> events = events(client);
            assertThat(events.find().map(event -> event.getString("id")).into(new ArrayList<>()))
                    .doesNotHaveDuplicates()
                    .containsAll(acknowledged);
            assertThat(events.find(eq("list", "all"))
                            .sort(ascending("number"))
                            .map(event -> event.getString("id"))
                            .into(new ArrayList<>()))
                    .doesNotHaveDuplicates()
                    .containsAll(acknowledged);
            // The unique index came through whole: what is there cannot be stored again.
            for (String id : acknowledged) {
                assertThatThrownBy(() -> events.insertOne(new Document("id", id)))
                        .isInstanceOf(MongoWriteException.class);
            }
        }
    }

    private static void write(MongoCollection<Document> events, AtomicInteger sent, Queue<String> acknowledged) {
        try {
            while (true) {
                int number = sent.incrementAndGet();
                String id = "event-" + number;
                events.insertOne(new Document("id", id)
                        .append("list", List.of("all", "some"))
                        .append("number", number)
                        .append("data", "x".repeat(500)));
                acknowledged.add(id);
            }
        } catch (RuntimeException killed) {
            // The end of this test: the server is gone, and this last event was not acknowledged.
        }
    }

    private static MongoCollection<Document> events(MongoClient client) {
        return client.getDatabase("keptn").getCollection("events");
    }
}
