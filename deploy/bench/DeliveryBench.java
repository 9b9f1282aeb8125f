import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.bson.Document;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** See the script beside this file. What waits is written straight into the database, as the service would have. */
class DeliveryBench {

    private static final String FOLLOWER = "configuration-service";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final Pattern PROJECT = Pattern.compile("\"project\":\"([^\"]*)\"");
    private static final int PER_PROJECT = 10;

    private static final Map<String, CompletableFuture<Long>> AWAITED = new ConcurrentHashMap<>();
    private static final AtomicLong TRIES = new AtomicLong();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String service;
    private static MongoCollection<Document> events;
    private static long sequence = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) << 10;

    public static void main(String[] arguments) throws Exception {
        service = arguments[0];
        HttpServer follower = follower(Integer.parseInt(arguments[2]));
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING"))) {
            MongoDatabase database = mongo.getDatabase(arguments[1]);
            events = database.getCollection("events");
            System.out.printf("server: %s, %d processors%n",
                    database.runCommand(new Document("buildInfo", 1)).getString("version"),
                    Runtime.getRuntime().availableProcessors());
            System.out.printf("%-60s %9s %9s %9s%n", "ms from the post to the follower", "median", "p90", "longest");
            latencies("warm-up");
            latencies("nothing waits");
            int waiting = number("WAITING", 1_000_000);
            fill("bad", waiting - (int) events.countDocuments(new Document("lists", "data.project=bad")));
            flush();
            latencies("%d events of a project that fails".formatted(waiting));
            int projects = number("PROJECTS", 10_000);
            for (int i = 0; i < projects; i++) {
                fill("bad" + i, PER_PROJECT);
            }
            flush();
            latencies("... and %d of %d projects that fail".formatted(projects * PER_PROJECT, projects));
            System.out.printf("the follower has answered %d times with 503%n", TRIES.get());
            if (System.getenv("DATABASE") == null) {
                database.drop();
            }
        } finally {
            follower.stop(0);
            ((ExecutorService) follower.getExecutor()).shutdown();
        }
    }

    private static int number(String variable, int byDefault) {
        return Integer.parseInt(System.getenv().getOrDefault(variable, String.valueOf(byDefault)));
    }

    private static HttpServer follower(int port) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/v1/event", DeliveryBench::take);
        server.start();
        return server;
    }

    private static void take(HttpExchange exchange) throws IOException {
        String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean bad = find(PROJECT, event).startsWith("bad");
        CompletableFuture<Long> awaited = AWAITED.remove(find(ID, event));
        if (awaited != null) {
            awaited.complete(System.nanoTime());
        }
        if (bad) {
            TRIES.incrementAndGet();
        }
        exchange.sendResponseHeaders(bad ? 503 : 200, -1);
        exchange.close();
    }

    private static String find(Pattern pattern, String event) {
        Matcher matcher = pattern.matcher(event);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void latencies(String what) throws Exception {
        double[] millis = new double[number("EVENTS", 200)];
        for (int i = 0; i < millis.length; i++) {
            String id = UUID.randomUUID().toString();
            CompletableFuture<Long> arrival = new CompletableFuture<>();
            AWAITED.put(id, arrival);
            long start = System.nanoTime();
            post(event(id, "good" + i % 5));
            millis[i] = (arrival.get(5, TimeUnit.MINUTES) - start) / 1e6;
            Thread.sleep(20);
        }
        Arrays.sort(millis);
        System.out.printf("%-60s %9.1f %9.1f %9.1f%n", what,
                millis[millis.length / 2], millis[millis.length * 9 / 10], millis[millis.length - 1]);
    }

    private static void post(String event) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service + "/event"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 201) {
            throw new IllegalStateException("status " + status);
        }
    }

    private static String event(String id, String project) {
        return """
                {"id":"%s","source":"bench","specversion":"0.2","type":"sh.keptn.event.bench",\
                "time":"2026-01-01T00:00:00.000Z","shkeptncontext":"%s","data":{"project":"%s","stage":"dev",\
                "service":"carts"}}""".formatted(id, id, project);
    }

    // What waits

    private static final List<Document> BATCH = new ArrayList<>();

    private static void fill(String project, int count) {
        for (int i = 0; i < count; i++) {
            String id = UUID.randomUUID().toString();
            String json = event(id, project);
            long place = sequence += 1 << 10;
            BATCH.add(new Document("_id", "source=bench&id=" + id)
                    .append("json", json)
                    .append("size", json.length())
                    .append("project", project)
                    .append("lists", List.of("data.project=" + project))
                    .append("time", place)
                    .append("sequence", place)
                    .append("pending", new Document(
                            FOLLOWER,
                            new Document("place", project + '\1' + String.format("%016x", place))
                                    .append("sequence", place))));
            if (BATCH.size() == 5000) {
                flush();
            }
        }
    }

    private static void flush() {
        if (BATCH.isEmpty()) {
            return;
        }
        events.insertMany(BATCH, new InsertManyOptions().ordered(false));
        BATCH.clear();
    }
}
