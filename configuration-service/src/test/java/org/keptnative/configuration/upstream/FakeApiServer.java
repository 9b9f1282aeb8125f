package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The four calls on Secrets, over HTTPS with a certificate of its own, as the API server answers them. */
final class FakeApiServer implements AutoCloseable {

    static final String TOKEN = "service-account-token";

    private static final String SECRETS = "/api/v1/namespaces/keptn/secrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> secrets = new ConcurrentHashMap<>();
    private final HttpsServer server;

    /** @param account where to put what a service account has: its token and the certificate */
    FakeApiServer(Path account) throws Exception {
        Path keys = account.resolve("keys.p12");
        keytool(
                account,
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit");
        keytool(
                account,
                "-exportcert",
                "-rfc",
                "-alias",
                "k",
                "-file",
                account.resolve("ca.crt").toString(),
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit");
        Files.writeString(account.resolve("token"), TOKEN);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(keys)));
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
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static SSLContext identity(Path keys) throws Exception {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, "changeit".toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, "changeit".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        }
    }

    private static void keytool(Path directory, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
