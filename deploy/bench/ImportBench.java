import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import org.bson.Document;
import org.bson.RawBsonDocument;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What deploy/bench/import needs: events of a Keptn 0.7, and plain inserts of what became of them. */
public class ImportBench {

    private static final int OF_CONTEXT = 10;
    private static final int OF_PROJECT = 50_000;
    private static final int BATCH = 1000;
    private static final long SECONDS_BEFORE = 100L * 24 * 3600;

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "generate" -> generate(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            case "insert" -> insert(arguments[1], arguments[2]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void generate(Path folder, int events) throws IOException {
        Files.createDirectories(folder);
        long start = Instant.now().getEpochSecond() - SECONDS_BEFORE;
        String context = "";
        for (int first = 0; first < events; first += OF_PROJECT) {
            String project = "project-" + first / OF_PROJECT;
            try (Writer out = Files.newBufferedWriter(folder.resolve(project + ".jsonl"))) {
                for (int i = first; i < Math.min(events, first + OF_PROJECT); i++) {
                    context = i % OF_CONTEXT == 0 ? UUID.randomUUID().toString() : context;
                    Instant time = Instant.ofEpochSecond(start + i / 10, i % 10 * 100_000_000L);
                    out.write(("{\"_id\":{\"$oid\":\"%08xaaa83e24cb%06x\"},\"contenttype\":\"application/json\",\"data\":{"
                                    + "\"deploymentstrategy\":\"direct\",\"evaluationdetails\":{\"indicatorResults\":[{\"score\":"
                                    + "{\"$numberDouble\":\"1.0\"},\"status\":\"pass\",\"value\":{\"metric\":\"response_time_p95\","
                                    + "\"success\":true,\"value\":{\"$numberDouble\":\"%d.5\"}}}],\"result\":\"pass\"},\"labels\":null,"
                                    + "\"project\":\"%s\",\"service\":\"service-%d\",\"stage\":\"stage-%d\",\"result\":\"pass\"},"
                                    + "\"id\":\"%s\",\"source\":\"lighthouse-service\",\"specversion\":\"0.2\",\"time\":\"%s\","
                                    + "\"type\":\"sh.keptn.events.type-%d\",\"shkeptncontext\":\"%s\"}%n")
                            .formatted(start + i / 10, i % 0xffffff, i, project, i / OF_CONTEXT % 10, i % 3,
                                    UUID.randomUUID(), time, i % OF_CONTEXT, context));
                }
            }
        }
    }

    /** The documents of the log, into a collection with the indexes of the log; only the inserts count. */
    private static void insert(String server, String name) {
        try (MongoClient client = MongoClients.create(server)) {
            MongoDatabase database = client.getDatabase(name);
            MongoCollection<RawBsonDocument> plain = database.getCollection("plain", RawBsonDocument.class);
            for (Document index : database.getCollection("events").listIndexes()) {
                if (!index.getString("name").equals("_id_")) {
                    plain.createIndex(
                            index.get("key", Document.class),
                            new IndexOptions()
                                    .name(index.getString("name"))
                                    .unique(index.getBoolean("unique", false))
                                    .sparse(index.getBoolean("sparse", false)));
                }
            }
            long nanos = 0;
            int count = 0;
            List<RawBsonDocument> batch = new ArrayList<>();
            try (MongoCursor<RawBsonDocument> log = database.getCollection("events", RawBsonDocument.class)
                    .find()
                    .batchSize(BATCH)
                    .iterator()) {
                while (log.hasNext()) {
                    batch.add(log.next());
                    if (batch.size() == BATCH || !log.hasNext()) {
                        long start = System.nanoTime();
                        plain.insertMany(batch, new InsertManyOptions().ordered(false));
                        nanos += System.nanoTime() - start;
                        count += batch.size();
                        batch.clear();
                    }
                }
            }
            System.out.printf("plain inserts: %d documents, %.1f s, %.0f/s%n", count, nanos / 1e9, count / (nanos / 1e9));
            database.drop();
        }
    }
}
