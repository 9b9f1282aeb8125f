package org.keptnative.configuration.upstream;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.keptnative.configuration.git.GitCommand;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Real Git over HTTP with a password: {@code git http-backend} behind the HTTP server of the JDK. */
public final class GitServer implements AutoCloseable {

    public static final String USER = "keptn";

    final List<String> requests = new CopyOnWriteArrayList<>();
    public volatile String token = "first-token";
    volatile long delayMillis;

    /** Pushes are carried out, but answered with a failure. */
    volatile boolean losesAnswers;

    /** Nor is anything else answered after such a push. */
    volatile boolean breaksAfterPush;

    volatile boolean down;

    private final Path repositories;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private int port;

    public GitServer(Path repositories) throws IOException {
        this.repositories = repositories;
        start();
    }

    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::serve).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(token);
            }
        });
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    /** @return the bare repository, empty */
    public Path create(String name) {
        Path repository = repositories.resolve(name + ".git");
        try {
            Files.createDirectories(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitCommand.git(repository, "init", "--quiet", "--bare", "--initial-branch=master");
        GitCommand.git(repository, "config", "http.receivepack", "true");
        return repository;
    }

    public String url(String name) {
        return "http://localhost:" + port + "/" + name + ".git";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Thread.sleep(delayMillis);
            runBackend(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runBackend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", repositories.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getQuery()));
        environment.put("REMOTE_USER", USER);
        copyHeader(exchange, "Content-Type", environment, "CONTENT_TYPE");
        copyHeader(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        copyHeader(exchange, "Git-Protocol", environment, "HTTP_GIT_PROTOCOL");
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (down) {
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process backend = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        threads.submit(() -> {
            try (var in = backend.getOutputStream()) {
                in.write(body);
            }
            return null;
        });
        answer(exchange, new ByteArrayInputStream(backend.getInputStream().readAllBytes()));
    }

    private void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line; !(line = readLine(output)).isEmpty(); ) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        byte[] body = output.readAllBytes();
        if (losesAnswers && exchange.getRequestURI().getPath().endsWith("/git-receive-pack")) {
            status = 500;
            down = breaksAfterPush;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void copyHeader(HttpExchange exchange, String name, Map<String, String> environment, String key) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(key, new String(value.getBytes(UTF_8), UTF_8));
        }
    }
}
