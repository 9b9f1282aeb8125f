import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Measures what upstreams that hang cost the others; {@code deploy/bench/hanging} runs it, in three processes. */
final class HangingBench {

    /** In a repository of the Git server: it takes requests and says nothing. */
    private static final String HANGS = "hangs";

    private static final String BODY = "{\"resourceURI\":\"x\",\"resourceContent\":\"eA==\"}";

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "git" -> GitServer.serve(Path.of(arguments[1]));
            case "load" -> Load.run(URI.create(arguments[1]), arguments[2], arguments[3], number(arguments[4]), number(arguments[5]));
            default -> new HangingBench(arguments).measure();
        }
    }

    private static int number(String argument) {
        return Integer.parseInt(argument);
    }

    private final URI service;
    private final Path repositories;
    private final int gitPort;
    private final Map<String, Long> processes = new TreeMap<>();
    private final int upstreams;
    private final int clients;
    private final int secondsEach;

    private HangingBench(String[] arguments) {
        service = URI.create(arguments[1]);
        processes.put("service", Long.parseLong(arguments[2]));
        processes.put("Git server", Long.parseLong(arguments[3]));
        repositories = Path.of(arguments[4]);
        gitPort = number(arguments[5]);
        upstreams = number(arguments[6]);
        clients = number(arguments[7]);
        secondsEach = number(arguments[8]);
    }

    private void measure() throws Exception {
        try (Http http = new Http(service)) {
            create(http, "local", false);
            create(http, "healthy", true);
            for (int i = 0; i < upstreams; i++) {
                create(http, "hanging" + i, true);
                Files.createFile(repositories.resolve("hanging" + i + ".git").resolve(HANGS));
            }
        }
        System.out.printf("%n%-30s", "median; 99 %, in ms");
        List.of("local write", "local read", "upstream write", "upstream read").forEach(what -> System.out.printf(" %18s", what));
        System.out.printf("   load, and processor seconds a second%n");
        measure("(warm-up)", null);
        measure("quiet", null);
        for (String manners : List.of("as told", "at once")) {
            // At first nobody knows that they hang: so many wait until their time is over as may.
            measure("again " + manners, "hanging", manners, "beginning", "hanging");
            measure("again " + manners, "absent", manners, "control");
        }
        measure("quiet", null);
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING"))) {
            mongo.getDatabase(System.getenv("MONGO_DB_NAME")).drop();
        }
    }

    private void create(Http http, String project, boolean upstream) throws Exception {
        String where = "";
        if (upstream) {
            Path repository = repositories.resolve(project + ".git");
            new ProcessBuilder("git", "init", "--quiet", "--bare", "--initial-branch=master", repository.toString())
                    .inheritIO().start().waitFor();
            new ProcessBuilder("git", "-C", repository.toString(), "config", "http.receivepack", "true")
                    .inheritIO().start().waitFor();
            where = ",\"gitUser\":\"keptn\",\"gitToken\":\"x\",\"gitRemoteURI\":\"http://localhost:" + gitPort + "/"
                    + project + ".git\"";
        }
        http.send("POST", "/v1/project", "{\"projectName\":\"" + project + "\",\"stages\":[{\"stageName\":\"dev\"}]" + where + "}");
    }

    /**
     * @param projects what the names of the projects of the load begin with; null for none
     * @param phases under the same load, one after the other
     */
    private void measure(String what, String projects, String manners, String... phases) throws Exception {
        Process load = projects == null ? null : startLoad(projects, manners);
        for (String phase : phases) {
            measure(phase + ", " + what, load);
        }
        if (load != null) {
            load.getOutputStream().close();
            System.out.println("    answers a second: " + new String(load.getInputStream().readAllBytes(), UTF_8).strip());
        }
    }

    private void measure(String what, Process load) throws Exception {
        Map<String, Long> running = new TreeMap<>(processes);
        if (load != null) {
            running.put("clients", load.pid());
        }
        Map<String, Double> before = processorSeconds(running);
        long begun = System.nanoTime();
        Samples local = new Samples("local", 20);
        Samples healthy = new Samples("healthy", 20);
        local.start();
        healthy.start();
        local.join();
        healthy.join();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%-30s %s %s  ", what, local, healthy);
        for (Map.Entry<String, Double> after : processorSeconds(running).entrySet()) {
            System.out.printf(Locale.ROOT, " %s %.2f", after.getKey(), (after.getValue() - before.get(after.getKey())) / seconds);
        }
        System.out.println();
    }

    private Process startLoad(String projects, String manners) throws IOException {
        return new ProcessBuilder(
                        "java", "-Xss256k", "-cp", System.getProperty("java.class.path"), "HangingBench", "load",
                        service.toString(), projects, manners, Integer.toString(upstreams), Integer.toString(clients))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** With the children that have ended. */
    private static Map<String, Double> processorSeconds(Map<String, Long> processes) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            String stat = Files.readString(Path.of("/proc/" + process.getValue() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            seconds.put(process.getKey(), ticks / 100.0);
        }
        return seconds;
    }

    /** One client that writes and reads in turns. */
    private final class Samples extends Thread {

        private final String project;
        private final long pauseMillis;
        private final List<Double> writes = new ArrayList<>();
        private final List<Double> reads = new ArrayList<>();
        private final Map<String, Integer> failed = new TreeMap<>();

        Samples(String project, long pauseMillis) {
            this.project = project;
            this.pauseMillis = pauseMillis;
        }

        @Override
        public void run() {
            long end = System.nanoTime() + secondsEach * 1_000_000_000L;
            try (Http http = new Http(service)) {
                for (int i = 0; System.nanoTime() < end; i++) {
                    String content = "{\"resourceURI\":\"x\",\"resourceContent\":\""
                            + java.util.Base64.getEncoder().encodeToString(Long.toString(System.nanoTime()).getBytes(UTF_8)) + "\"}";
                    time(writes, http, "PUT", content);
                    time(reads, http, "GET", null);
                    Thread.sleep(pauseMillis);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void time(List<Double> times, Http http, String method, String body) throws IOException {
            long begun = System.nanoTime();
            int status = http.send(method, "/v1/project/" + project + "/stage/dev/resource/measured", body);
            times.add((System.nanoTime() - begun) / 1e6);
            if (status >= 300) {
                failed.merge(method + " " + status, 1, Integer::sum);
            }
        }

        @Override
        public String toString() {
            return shown(writes) + " " + shown(reads) + (failed.isEmpty() ? "" : " " + failed);
        }

        private static String shown(List<Double> times) {
            Collections.sort(times);
            return String.format(
                    Locale.ROOT, "%18s", String.format(Locale.ROOT, "%.1f; %.1f", times.get(times.size() / 2), times.get(times.size() * 99 / 100)));
        }
    }

    /** Clients that write until standard input ends; they come again at once, or when they are told to. */
    private static final class Load {

        static void run(URI service, String projects, String manners, int upstreams, int clients) throws Exception {
            Map<Integer, AtomicLong> answers = new java.util.concurrent.ConcurrentSkipListMap<>();
            for (int i = 0; i < clients; i++) {
                String path = "/v1/project/" + projects + i % upstreams + "/stage/dev/resource/file" + i;
                Thread client = new Thread(() -> {
                    try (Http http = new Http(service)) {
                        while (true) {
                            int status = http.send("PUT", path, BODY);
                            answers.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
                            if (manners.equals("as told")) {
                                // The control is told nothing: it pauses as long as those do whose upstream is silent.
                                Thread.sleep(1000L * (http.retryAfter > 0 ? http.retryAfter : ThreadLocalRandom.current().nextInt(5, 16)));
                            }
                        }
                    } catch (IOException | InterruptedException e) {
                        answers.computeIfAbsent(0, any -> new AtomicLong()).incrementAndGet();
                    }
                });
                client.setDaemon(true);
                client.start();
            }
            long begun = System.nanoTime();
            System.in.read();
            double seconds = (System.nanoTime() - begun) / 1e9;
            answers.forEach((status, count) -> System.out.printf(Locale.ROOT, "%d: %.1f ", status, count.get() / seconds));
        }
    }

    /** {@code git http-backend} behind the HTTP server of the JDK. */
    private static final class GitServer {

        static void serve(Path repositories) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", exchange -> answer(repositories, exchange));
            server.start();
            System.out.println(server.getAddress().getPort());
        }

        private static void answer(Path repositories, HttpExchange exchange) throws IOException {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                if (Files.exists(repositories.resolve(path.split("/")[1]).resolve(HANGS))) {
                    Thread.sleep(3_600_000);
                }
                ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
                Map<String, String> environment = builder.environment();
                environment.put("GIT_PROJECT_ROOT", repositories.toString());
                environment.put("GIT_HTTP_EXPORT_ALL", "1");
                environment.put("REQUEST_METHOD", exchange.getRequestMethod());
                environment.put("PATH_INFO", path);
                environment.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()));
                environment.put("REMOTE_USER", "keptn");
                header(exchange, "Content-Type", environment, "CONTENT_TYPE");
                header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
                header(exchange, "Git-Protocol", environment, "HTTP_GIT_PROTOCOL");
                byte[] body = exchange.getRequestBody().readAllBytes();
                environment.put("CONTENT_LENGTH", Integer.toString(body.length));
                Process backend = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
                try (var in = backend.getOutputStream()) {
                    in.write(body);
                }
                BufferedInputStream output = new BufferedInputStream(backend.getInputStream());
                int status = 200;
                for (String line; !(line = line(output)).isEmpty(); ) {
                    String[] header = line.split(": ", 2);
                    if (header[0].equals("Status")) {
                        status = Integer.parseInt(header[1].substring(0, 3));
                    } else {
                        exchange.getResponseHeaders().set(header[0], header[1]);
                    }
                }
                byte[] answer = output.readAllBytes();
                exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void header(HttpExchange exchange, String name, Map<String, String> environment, String key) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                environment.put(key, value);
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c; (c = in.read()) != '\n'; ) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.write(c);
        }
        return line.toString(UTF_8).strip();
    }

    /** A connection that is kept; cheap, since it shares the processors with the service. */
    private static final class Http implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private int retryAfter;

        Http(URI server) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        int send(String method, String path, String body) throws IOException {
            String content = body == null ? "" : body;
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + content.length() + "\r\n\r\n" + content;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            int status = number(line(in).split(" ")[1]);
            long length = 0;
            boolean chunked = false;
            retryAfter = 0;
            for (String header; !(header = line(in).toLowerCase()).isEmpty(); ) {
                if (header.startsWith("content-length:")) {
                    length = Long.parseLong(header.substring(15).strip());
                } else if (header.startsWith("transfer-encoding:")) {
                    chunked = true;
                } else if (header.startsWith("retry-after:")) {
                    retryAfter = number(header.substring(12).strip());
                }
            }
            do {
                length = chunked ? Long.parseLong(line(in), 16) : length;
                in.skipNBytes(length);
                if (chunked) {
                    line(in);
                }
            } while (chunked && length > 0);
            return status;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
