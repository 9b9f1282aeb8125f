package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The four calls on Secrets, over HTTPS with a certificate of its own, as the API server answers them. */
final class FakeApiServer implements AutoCloseable {

    static final String TOKEN = "service-account-token";

    private static final String SECRETS = "/api/v1/namespaces/keptn/secrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> secrets = new ConcurrentHashMap<>();
    private final HttpsServer server;

    /** @param account where to put what a service account has: its token and the certificate */
    FakeApiServer(Path account) throws Exception {
        Files.writeString(account.resolve("token"), TOKEN);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.identity(account)));
        server.createContext(SECRETS, this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String name = exchange.getRequestURI()
                    .getPath()
                    .substring(SECRETS.length())
                    .replaceFirst("^/", "");
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, null);
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET" -> answer(exchange, secrets.containsKey(name) ? 200 : 404, secrets.get(name));
                case "PUT" ->
                    answer(
                            exchange,
                            secrets.computeIfPresent(name, (key, old) -> parse(body)) == null ? 404 : 200,
                            secrets.get(name));
                case "POST" -> {
                    String created = parse(body).path("metadata").path("name").asText();
                    answer(exchange, secrets.putIfAbsent(created, parse(body)) == null ? 201 : 409, parse(body));
                }
                default -> answer(exchange, secrets.remove(name) == null ? 404 : 200, null);
            }
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body == null ? Map.of("kind", "Status", "code", status) : body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
