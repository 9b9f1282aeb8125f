package org.keptnative.e2e.installation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.keptnative.configuration.upstream.SelfSigned;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Of the API of a cluster the part that matters for whether it can be reached: TLS, and objects written and read. */
public final class ClusterApi implements AutoCloseable {

    private static final String TOKEN = "service-account-token";

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final Path account;

    /** @param account where to put what a service account has: its token and the certificate */
    public ClusterApi(Path account) throws Exception {
        this.account = account;
        Files.writeString(account.resolve("token"), TOKEN);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.identity(account)));
        server.createContext("/", this::serve);
        server.start();
    }

    /** What a pod in this cluster has in its environment. */
    public Map<String, String> environment(String namespace) {
        return Map.of(
                "KUBERNETES_API_SERVER",
                "https://127.0.0.1:" + server.getAddress().getPort(),
                "KUBERNETES_SERVICE_ACCOUNT",
                account.toString(),
                "POD_NAMESPACE",
                namespace);
    }

    /** The body of the last request that wrote there. */
    public String object(String path) {
        return objects.get(path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (known && exchange.getRequestMethod().equals("PATCH") && path.contains("/secrets/")) {
                objects.put(path, body);
            }
            byte[] answer = objects.getOrDefault(path, "{}").getBytes(UTF_8);
            exchange.sendResponseHeaders(!known ? 401 : objects.containsKey(path) ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
