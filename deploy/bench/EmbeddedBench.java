import com.sun.net.httpserver.HttpServer;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** See the script beside this file. */
class EmbeddedBench {

    private static final int AT_ONCE = 100;
    private static final int QUERIES = 100;
    private static final int DELIVERIES = 50;
    private static final String FOLLOWED = "sh.keptn.event.bench";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final BlockingQueue<Long> DELIVERED = new LinkedBlockingQueue<>();

    private static String service;

    public static void main(String[] arguments) throws Exception {
        service = arguments[0];
        int events = Integer.parseInt(arguments[1]);
        HttpServer follower = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[2])), 0);
        follower.setExecutor(Executors.newFixedThreadPool(4));
        follower.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            DELIVERED.add(System.nanoTime());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        follower.start();
        try {
            long began = System.nanoTime();
            fill(events);
            System.out.printf("%-56s %9.0f%n", "events stored per second, " + AT_ONCE + " at once",
                    events * 1e9 / (System.nanoTime() - began));
            System.out.printf("%-56s %9s%n", "median in ms at " + events + " events", "");
            for (String query : queries()) {
                System.out.printf("%-56s %9.2f%n", query, query(query));
            }
            System.out.printf("%-56s %9.2f%n", "POST /event, one client", store("bench.t0"));
            System.out.printf("%-56s %9.2f%n", "POST /event until its follower has it", store(FOLLOWED));
        } finally {
            follower.stop(0);
            ((java.util.concurrent.ExecutorService) follower.getExecutor()).shutdown();
        }
    }

    private static List<String> queries() {
        return List.of(
                "/event?project=bench",
                "/event?project=bench&fromTime=2026-01-01T00:00:01Z",
                "/event?project=bench&root=true",
                "/event?project=bench&service=s1&root=true",
                "/event?project=bench&type=bench.t1",
                "/event?project=bench&type=bench.t1&stage=dev&service=s1",
                "/event?keptnContext=c7",
                "/event?keptnContext=c7&type=bench.t1",
                "/event?project=bench&eventID=e77",
                "/event/type/bench.t1?filter="
                        + URLEncoder.encode("data.project:bench AND data.service:s1", StandardCharsets.UTF_8),
                "/event/type/bench.t1?excludeInvalidated=true&filter="
                        + URLEncoder.encode("data.project:bench AND data.service:s1", StandardCharsets.UTF_8));
    }

    private static void fill(int events) throws Exception {
        for (int first = 0; first < events; first += AT_ONCE) {
            List<String> batch = new ArrayList<>();
            for (int i = first; i < Math.min(events, first + AT_ONCE); i++) {
                batch.add(event("bench.t" + i % 10, "e" + i, i));
            }
            send("application/cloudevents-batch+json", batch.toString());
        }
    }

    private static String event(String type, String id, int number) {
        return """
            {"specversion": "1.0", "id": "%s", "source": "bench", "type": "%s", "time": "%s", "shkeptncontext": "c%d",
             "datacontenttype": "application/json", "data": {"project": "bench", "stage": "%s", "service": "s%d",
             "deploymentstrategy": "blue_green_service", "teststrategy": "performance", "labels": {"build": "%d"},
             "image": "docker.io/keptnexamples/carts", "tag": "0.11.1", "result": "pass"}}"""
                .formatted(id, type, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number), number / 20,
                        List.of("dev", "staging", "production").get(number % 3), number % 7, number);
    }

    private static double query(String path) throws Exception {
        double[] times = new double[QUERIES];
        for (int i = -20; i < QUERIES; i++) {
            long began = System.nanoTime();
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(service + path)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().contains("bench.t")) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            if (i >= 0) {
                times[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        return median(times);
    }

    private static double store(String type) throws Exception {
        double[] times = new double[DELIVERIES];
        for (int i = 0; i < DELIVERIES; i++) {
            long began = System.nanoTime();
            send("application/cloudevents+json", event(type, "single-" + type + i, i));
            long end = System.nanoTime();
            if (type.equals(FOLLOWED)) {
                end = DELIVERED.poll(30, TimeUnit.SECONDS);
            }
            times[i] = (end - began) / 1e6;
        }
        return median(times);
    }

    private static void send(String contentType, String body) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(service + "/event"))
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
