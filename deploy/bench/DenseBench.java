import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Posts large events to api-service, which has them stored by mongodb-datastore, which has them delivered to
 * configuration-service, and measures the processor time that each takes; {@code deploy/bench/dense} runs it.
 */
final class DenseBench {

    private static final List<String> SERVICES =
            List.of("api-service", "mongodb-datastore", "configuration-service");
    private static final String DATABASE =
            "dense-bench-" + ProcessHandle.current().pid();
    private static final int SIZE = 2_000_000;
    private static final int SMALL = 300_000;
    private static final int WARM_UP = 3;
    private static final int QUIET_MILLIS = 300;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final List<Process> PROCESSES = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        boolean isNative = arguments[0].equals("native");
        int rounds = Integer.parseInt(arguments[1]);
        int[] ports = SERVICES.stream().mapToInt(service -> freePort()).toArray();
        Path work = Files.createTempDirectory("dense-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(DenseBench::end));
        for (int i = 0; i < ports.length; i++) {
            PROCESSES.add(start(SERVICES.get(i), isNative, ports, ports[i], work));
        }
        URI events = URI.create("http://127.0.0.1:" + ports[0] + "/v1/event");
        awaitSuccess(events, work);
        for (int round = 0; round < WARM_UP; round++) {
            kinds(SMALL).values().forEach(value -> post(events, value));
        }
        System.out.printf("%-24s %s%n", "ms per MB", String.join("  ", SERVICES));
        kinds(SIZE).forEach((kind, value) -> {
            long[][] taken = IntStream.range(0, rounds).mapToObj(round -> taken(events, value)).toArray(long[][]::new);
            System.out.printf("%-24s", kind);
            for (int i = 0; i < SERVICES.size(); i++) {
                int service = i;
                long[] each = IntStream.range(0, rounds).mapToLong(round -> taken[round][service]).sorted().toArray();
                System.out.printf(" %" + SERVICES.get(i).length() + ".0f ", each[rounds / 2] * 1e6 / SIZE);
            }
            System.out.println();
        });
    }

    private static void end() {
        PROCESSES.forEach(Process::destroy);
        PROCESSES.forEach(process -> process.onExit().join());
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING"))) {
            mongo.getDatabase(DATABASE).drop();
        }
    }

    /** By what they are made of. */
    private static Map<String, String> kinds(int size) {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("text", '"' + "x".repeat(size) + '"');
        kinds.put("text with escapes", '"' + "\\n".repeat(size / 2) + '"');
        kinds.put("text beyond ASCII", '"' + "ä€".repeat(size / 5) + '"');
        kinds.put("0,", array("0", size));
        kinds.put("\"\",", array("\"\"", size));
        kinds.put("{},", array("{}", size));
        kinds.put("[],", array("[]", size));
        kinds.put("true,", array("true", size));
        kinds.put("{\"a\":0,\"b\":1},", array("{\"a\":0,\"b\":1}", size));
        kinds.put("{\"a\":\"\",\"b\":\"x\"},", array("{\"a\":\"\",\"b\":\"x\"}", size));
        kinds.put("different strings", numbered(size / 10, "[", "\"%07x\"", "]"));
        kinds.put("different names", numbered(size / 10, "{", "\"%05x\":0", "}"));
        kinds.put("arrays 900 deep", array("[".repeat(900) + "]".repeat(900), size));
        return kinds;
    }

    private static String array(String value, int size) {
        return "[" + (value + ",").repeat(size / (value.length() + 1)) + "0]";
    }

    private static String numbered(int count, String begin, String value, String end) {
        return IntStream.range(0, count).mapToObj(value::formatted).collect(Collectors.joining(",", begin, end));
    }

    private static Process start(String service, boolean isNative, int[] ports, int port, Path work) throws IOException {
        Path target = Path.of(service, "target");
        List<String> command = new ArrayList<>();
        if (isNative) {
            try (var files = Files.list(target)) {
                command.add(files.map(Path::toString).filter(file -> file.endsWith("-runner")).findFirst().orElseThrow());
            }
        } else {
            command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-jar", target + "/quarkus-app/quarkus-run.jar"));
        }
        command.add(1, "-Xmx320m");
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("SECRET_TOKEN", "bench");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(freePort()));
        environment.put("DATASTORE_URI", "http://127.0.0.1:" + ports[1]);
        environment.put("CONFIGURATION_URI", "http://127.0.0.1:" + ports[2]);
        environment.put("CONFIGURATION_DATA_DIR", work + "/config");
        environment.put("BRIDGE_CREDENTIALS_FILE", work + "/bridge.json");
        environment.put("MONGO_DB_NAME", DATABASE);
        environment.put("MONGODB_DATABASE", DATABASE);
        File log = work.resolve(service + ".log").toFile();
        return builder.redirectErrorStream(true).redirectOutput(log).start();
    }

    private static void awaitSuccess(URI events, Path work) throws InterruptedException {
        for (int status = 0; status != 200; status = trial(events)) {
            if (!PROCESSES.stream().allMatch(Process::isAlive)) {
                throw new IllegalStateException("one has ended, see " + work);
            }
            Thread.sleep(200);
        }
    }

    private static int trial(URI events) {
        try {
            return send(events, "{}");
        } catch (IOException e) {
            return 0; // not yet
        }
    }

    /** What each has taken for an event until all are at rest again, in milliseconds. */
    private static long[] taken(URI events, String value) {
        long[] before = rest();
        post(events, value);
        long[] after = rest();
        return IntStream.range(0, after.length).mapToLong(i -> after[i] - before[i]).toArray();
    }

    private static long[] rest() {
        long[] former = times();
        while (true) {
            sleep();
            long[] now = times();
            if (IntStream.range(0, now.length).mapToLong(i -> now[i]).sum()
                    - IntStream.range(0, now.length).mapToLong(i -> former[i]).sum() <= 20) {
                return now;
            }
            System.arraycopy(now, 0, former, 0, now.length);
        }
    }

    private static long[] times() {
        return PROCESSES.stream()
                .mapToLong(process -> process.info().totalCpuDuration().orElseThrow().toMillis())
                .toArray();
    }

    private static void post(URI events, String value) {
        try {
            int status = send(events, "{\"project\":\"p\",\"stage\":\"s\",\"service\":\"c\",\"x\":" + value + "}");
            if (status != 200) {
                throw new IllegalStateException("status " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int send(URI events, String data) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(events)
                .header("x-token", "bench")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"sh.keptn.event.dense\",\"source\":\"bench\",\"id\":\"%s\",\"data\":%s}"
                        .formatted(UUID.randomUUID(), data)))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(QUIET_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
