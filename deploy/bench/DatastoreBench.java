import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.sun.net.httpserver.HttpServer;
import org.bson.Document;
import org.bson.conversions.Bson;

import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** See the script beside this file. Blocks of service and driver alternate, so that both meet the same machine. */
class DatastoreBench {

    private static final int SMALL = 1000;
    private static final int ROUNDS = 5;
    private static final int QUERIES = 200;
    private static final int PER_CONTEXT = 20;

    private static String service;
    private static MongoDatabase database;
    private static MongoCollection<Document> events;
    private static int stored;

    public static void main(String[] arguments) throws Exception {
        service = arguments[0];
        HttpServer follower = follower(Integer.parseInt(arguments[2]));
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING"))) {
            database = mongo.getDatabase(arguments[1]);
            events = database.getCollection("events");
            System.out.printf("server: %s, %d processors%n",
                    database.runCommand(new Document("buildInfo", 1)).getString("version"),
                    Runtime.getRuntime().availableProcessors());
            measureQueries();
            measureInserts();
        } finally {
            follower.stop(0);
            ((ExecutorService) follower.getExecutor()).shutdown();
            MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING")).getDatabase(arguments[1]).drop();
        }
    }

    private static HttpServer follower(int port) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/v1/event", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    // Inserts

    private static void measureInserts() throws Exception {
        MongoCollection<Document> bare =
                database.getCollection("bare").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        for (Document index : events.listIndexes()) {
            if (!index.getString("name").equals("_id_")) {
                bare.createIndex(index.get("key", Document.class), new IndexOptions()
                        .name(index.getString("name"))
                        .unique(index.getBoolean("unique", false))
                        .sparse(index.getBoolean("sparse", false)));
            }
        }
        String id = UUID.randomUUID().toString();
        send("application/json", event("sh.keptn.event.bench", id, id, 0));
        Document sample = events.find(Filters.eq("eventId", id)).first();
        Callable<Void> post = () -> {
            String some = UUID.randomUUID().toString();
            send("application/json", event("sh.keptn.event.bench", some, some, 0));
            return null;
        };
        Callable<Void> insert = () -> {
            String json = sample.toJson().replace(id, UUID.randomUUID().toString());
            bare.insertOne(Document.parse(json));
            return null;
        };
        System.out.printf("%n%-28s %10s %10s %7s%n", "durable inserts per second", "service", "driver", "ratio");
        for (int clients : new int[] {1, 8}) {
            rate(clients, post);
            rate(clients, insert);
            double[] byService = new double[ROUNDS];
            double[] byDriver = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                byService[round] = rate(clients, post);
                byDriver[round] = rate(clients, insert);
            }
            System.out.printf("%-28s %10.0f %10.0f %7.2f%n",
                    clients + (clients == 1 ? " client" : " clients"),
                    median(byService), median(byDriver), median(byService) / median(byDriver));
        }
    }

    private static double rate(int clients, Callable<Void> operation) throws Exception {
        String seconds = System.getenv().getOrDefault("SECONDS_PER_BLOCK", "5");
        long begin = System.nanoTime();
        long end = begin + Long.parseLong(seconds) * 1_000_000_000;
        AtomicLong count = new AtomicLong();
        var threads = Executors.newFixedThreadPool(clients);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            work.add(() -> {
                while (System.nanoTime() < end) {
                    operation.call();
                    count.incrementAndGet();
                }
                return null;
            });
        }
        for (var result : threads.invokeAll(work)) {
            result.get();
        }
        threads.shutdown();
        return count.get() * 1e9 / (System.nanoTime() - begin);
    }

    // Queries

    /**
     * @param path what the service is asked
     * @param list the list it reads for that
     * @param after the time, in nanoseconds since 1970, that events of the list must exceed
     */
    private record Query(String path, String list, long after) {

        Query(String path, String list) {
            this(path, list, Long.MIN_VALUE);
        }
    }

    private static List<Query> queries() {
        Instant early = Instant.parse("2026-01-01T00:00:01Z");
        Instant late = Instant.parse("2026-01-01T23:50:00Z");
        return List.of(
                new Query("/event?project=bench", "data.project=bench"),
                new Query("/event?project=bench&fromTime=" + early, "data.project=bench", nanos(early)),
                new Query("/event?project=bench&fromTime=" + late, "data.project=bench", nanos(late)),
                new Query("/event?project=bench&root=true", "root&data.project=bench"),
                new Query("/event?project=bench&service=s1&root=true", "root&data.project=bench&data.service=s1"),
                new Query("/event?project=bench&type=bench.t1", "data.project=bench&type=bench.t1"),
                new Query(
                        "/event?project=bench&type=bench.t1&stage=dev&service=s1",
                        "data.project=bench&data.stage=dev&data.service=s1&type=bench.t1"),
                new Query("/event?keptnContext=c7", "shkeptncontext=c7"),
                new Query("/event?project=bench&eventID=e77", "id=e77"),
                new Query(
                        "/event/type/bench.t1?filter="
                                + URLEncoder.encode("data.project:bench AND data.service:s1", StandardCharsets.UTF_8),
                        "data.project=bench&data.service=s1&type=bench.t1"));
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond());
    }

    private static void measureQueries() throws Exception {
        fill(SMALL);
        Map<Query, double[]> small = times();
        fill(Integer.parseInt(System.getenv().getOrDefault("EVENTS", "200000")));
        Map<Query, double[]> large = times();
        System.out.printf("%n%-62s %9s %9s %6s %9s %9s %6s %7s%n", "median of a query in ms", "1000 ev.", "driver",
                "ratio", stored + " ev.", "driver", "ratio", "growth");
        small.forEach((query, few) -> {
            double[] many = large.get(query);
            System.out.printf("%-62s %9.2f %9.2f %6.2f %9.2f %9.2f %6.2f %7.2f%n", query.path(), few[0], few[1],
                    few[0] / few[1], many[0], many[1], many[0] / many[1], many[0] / few[0]);
        });
    }

    private static Map<Query, double[]> times() throws Exception {
        Thread.sleep(15_000); // the server gathers statistics
        Map<Query, double[]> times = new LinkedHashMap<>();
        for (Query query : queries()) {
            double[] byService = new double[QUERIES];
            double[] byDriver = new double[QUERIES];
            for (int i = -50; i < QUERIES; i++) {
                double service = millis(() -> get(query.path()));
                double driver = millis(() -> find(query));
                if (i >= 0) {
                    byService[i] = service;
                    byDriver[i] = driver;
                }
            }
            times.put(query, new double[] {median(byService), median(byDriver)});
        }
        return times;
    }

    /** The same page and, where the answer has one, the same count. */
    private static Void find(Query query) {
        Bson filter = Filters.eq("lists", query.list());
        if (query.after() > Long.MIN_VALUE) {
            filter = Filters.and(filter, Filters.gt("time", query.after()));
        }
        List<Document> page = events.find(filter)
                .sort(Sorts.descending("time", "sequence"))
                .projection(Projections.include("json"))
                .limit(20)
                .into(new ArrayList<>());
        if (!query.path().contains("/type/") && page.size() == 20) {
            events.countDocuments(filter, new CountOptions().limit(1000));
        }
        return null;
    }

    private static double millis(Callable<Void> operation) throws Exception {
        long begin = System.nanoTime();
        operation.call();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    // Events

    private static void fill(int size) throws Exception {
        while (stored < size) {
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < 500 && stored < size; i++, stored++) {
                batch.add(event("bench.t" + stored % 7, "e" + stored, "c" + stored / PER_CONTEXT, stored));
            }
            send("application/cloudevents-batch+json", "[" + String.join(",", batch) + "]");
        }
    }

    private static String event(String type, String id, String context, int number) {
        return """
               {"id":"%s","source":"bench","specversion":"0.2","type":"%s","time":"2026-01-01T%02d:%02d:%02d.000Z",
               "contenttype":"application/json","shkeptncontext":"%s","data":{"project":"bench","stage":"%s",
               "service":"s%d","result":"%s","labels":{"build":"1.2.3","owner":"team"},"evaluation":{"score":98.5,
               "timeStart":"2026-01-01T00:00:00Z","timeEnd":"2026-01-01T00:05:00Z","sloFileContent":"%s"}}}"""
                .formatted(id, type, number / 3600 % 24, number / 60 % 60, number % 60, context,
                        number % 2 == 0 ? "dev" : "prod", number % 3, number % 4 == 0 ? "fail" : "pass",
                        "c3Bl".repeat(150));
    }

    private static void send(String contentType, String body) throws Exception {
        HttpURLConnection request = open("/event");
        request.setRequestProperty("Content-Type", contentType);
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        expect(201, request);
    }

    private static Void get(String path) throws Exception {
        expect(200, open(path));
        return null;
    }

    private static HttpURLConnection open(String path) throws Exception {
        return (HttpURLConnection) URI.create(service + path).toURL().openConnection();
    }

    private static void expect(int status, HttpURLConnection request) throws Exception {
        if (request.getResponseCode() != status) {
            throw new IllegalStateException(request.getResponseCode() + " " + request.getResponseMessage());
        }
        request.getInputStream().readAllBytes();
    }
}
