import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Measures each service as an executable and on the JVM, in turns; {@code deploy/bench/executables} runs it. */
final class ExecutablesBench {

    private static final int CLIENTS = 8;
    private static final int STARTS = 5;
    private static final int REQUESTS = 10_000;
    private static final String TOKEN = "bench";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicLong COUNTER = new AtomicLong();

    /** @param path of a request that is answered with a success once {@link #prepare} has run; posted if it has a body */
    private record Service(String name, String firstPath, String path, boolean posts) {

        HttpRequest request(int port) {
            HttpRequest.Builder request = to(port, path);
            if (posts) {
                request.POST(BodyPublishers.ofString("""
                        {"id": "%s-%d", "source": "bench", "type": "sh.keptn.events.bench", "shkeptncontext": "bench",
                         "data": {"project": "bench", "stage": "dev", "service": "carts"}}
                        """.formatted(ProcessHandle.current().pid(), COUNTER.incrementAndGet())));
            }
            return request.build();
        }
    }

    private static final List<Service> SERVICES = List.of(
            new Service("api-service", "/v1/auth", "/v1/auth", false),
            new Service("configuration-service", "/v1/project", "/v1/project/bench/resource/a", false),
            new Service("mongodb-datastore", "/event", "/event", true));

    private static String java;
    private static int seconds;
    private static Path work;

    public static void main(String[] arguments) throws Exception {
        java = arguments[0];
        seconds = Integer.parseInt(arguments[1]);
        work = Files.createTempDirectory("executables-bench");
        System.out.printf(
                "processors: %d, clients: %d, JVM: %s%n",
                Runtime.getRuntime().availableProcessors(), CLIENTS, Runtime.version());
        System.out.printf(
                "%-22s %-11s %8s %18s %9s %15s %9s%n",
                "", "", "size MB", "start ms (min-max)", "idle MB", "10 000 requests", "per s");
        double idle = 0;
        for (Service service : SERVICES) {
            idle += measure(service, executable(service.name()), "executable");
            measure(
                    service,
                    List.of(java, "-XX:+UseSerialGC", "-Xmx512m", "-jar", service.name() + "/target/quarkus-app/quarkus-run.jar"),
                    "JVM");
        }
        System.out.printf("%-22s %-11s %8s %18s %9.0f%n", "together", "executable", "", "", idle);
    }

    private static List<String> executable(String service) throws IOException {
        try (var files = Files.list(Path.of(service, "target"))) {
            return List.of(files.map(Path::toString)
                    .filter(file -> file.endsWith("-runner"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static double measure(Service service, List<String> command, String kind) throws Exception {
        double[] starts = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            int port = freePort();
            Process process = start(command, port);
            awaitSuccess(port, service.firstPath(), process);
            starts[i] = (System.nanoTime() - begin) / 1e6;
            stop(process);
        }
        Arrays.sort(starts);

        int port = freePort();
        Process process = start(command, port);
        try {
            awaitSuccess(port, service.firstPath(), process);
            Thread.sleep(3000);
            double idle = residentMegabytes(process);
            prepare(service, port);
            run(service, port, REQUESTS, Long.MAX_VALUE);
            double after = residentMegabytes(process);
            run(service, port, Integer.MAX_VALUE, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)); // warms up
            long begin = System.nanoTime();
            long count = run(service, port, Integer.MAX_VALUE, begin + TimeUnit.SECONDS.toNanos(seconds));
            System.out.printf(
                    "%-22s %-11s %8s %7.0f (%.0f-%.0f) %12.0f %15.0f %9.0f%n",
                    service.name(),
                    kind,
                    kind.equals("JVM") ? "" : "%.1f".formatted(Files.size(Path.of(command.get(0))) / 1e6),
                    starts[STARTS / 2],
                    starts[0],
                    starts[STARTS - 1],
                    idle,
                    after,
                    count / ((System.nanoTime() - begin) / 1e9));
            return idle;
        } finally {
            stop(process);
        }
    }

    private static Process start(List<String> command, int port) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.add(1, "-Ddatastore.followers.configuration-service.enabled=false"); // nobody is there to follow
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().put("SECRET_TOKEN", TOKEN);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(freePort()));
        builder.environment().put("CONFIGURATION_DATA_DIR", Files.createTempDirectory(work, "config").toString());
        builder.environment().put("MONGO_DB_NAME", "bench-" + ProcessHandle.current().pid());
        builder.environment().put("MONGODB_DATABASE", "bench-" + ProcessHandle.current().pid());
        return builder.redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Over bare sockets, since an HTTP client takes longer to set up than an executable to start. */
    private static void awaitSuccess(int port, String path, Process process) throws Exception {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nx-token: " + TOKEN + "\r\n\r\n").getBytes(US_ASCII);
        byte[] start = new byte[12];
        while (process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                socket.getOutputStream().write(request);
                InputStream in = socket.getInputStream();
                if (in.readNBytes(start, 0, start.length) == start.length
                        && new String(start, US_ASCII).equals("HTTP/1.1 200")) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(1);
            }
        }
        throw new IllegalStateException("it has ended: " + Files.readString(work.resolve("log")));
    }

    private static void prepare(Service service, int port) throws Exception {
        if (service.name().equals("configuration-service")) {
            send(to(port, "/v1/project").POST(BodyPublishers.ofString("{\"projectName\": \"bench\"}")).build());
            send(to(port, "/v1/project/bench/resource")
                    .POST(BodyPublishers.ofString(
                            "{\"resources\": [{\"resourceURI\": \"a\", \"resourceContent\": \"YQ==\"}]}"))
                    .build());
        }
    }

    /** @return how many requests were answered with a success, until so many were sent or the time is over */
    private static long run(Service service, int port, int requests, long end) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            AtomicLong left = new AtomicLong(requests);
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                counts.add(threads.submit((Callable<Long>) () -> {
                    long count = 0;
                    while (left.decrementAndGet() >= 0 && System.nanoTime() < end) {
                        send(service.request(port));
                        count++;
                    }
                    return count;
                }));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private static HttpRequest.Builder to(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("x-token", TOKEN)
                .header("Content-Type", "application/json");
    }

    private static void send(HttpRequest request) throws Exception {
        var answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static double residentMegabytes(Process process) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
