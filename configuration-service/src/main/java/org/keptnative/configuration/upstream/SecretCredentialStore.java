package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The Kubernetes Secret {@code git-credentials-<key>} in the namespace of the service, with what Keptn has in its own. */
final class SecretCredentialStore implements CredentialStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEMBER = "git-credentials";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI secrets;
    private final Path account;
    private final HttpClient http;

    /**
     * @param server the API server, for example {@code https://10.0.0.1:443}
     * @param account the folder of the service account, with its {@code token} and the server's {@code ca.crt}
     */
    SecretCredentialStore(URI server, Path account, String namespace) {
        this.secrets = server.resolve("/api/v1/namespaces/" + namespace + "/secrets/");
        this.account = account;
        this.http = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .sslContext(trusting(account.resolve("ca.crt")))
                .build();
    }

    @Override
    public Optional<Upstream> find(String key) {
        HttpResponse<byte[]> answer = send(request(MEMBER + "-" + key).GET());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        expect(answer, 200);
        try {
            JsonNode data = JSON.readTree(answer.body()).path("data").path(MEMBER);
            return data.isMissingNode() ? Optional.empty() : UpstreamJson.read(data.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String key, Upstream upstream) {
        try {
            ObjectNode secret = JSON.createObjectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "Secret")
                    .put("type", "Opaque");
            secret.putObject("metadata").put("name", MEMBER + "-" + key);
            secret.putObject("data").put(MEMBER, Base64.getEncoder().encodeToString(UpstreamJson.write(upstream)));
            byte[] body = JSON.writeValueAsBytes(secret);
            HttpResponse<byte[]> answer = send(request(MEMBER + "-" + key).PUT(BodyPublishers.ofByteArray(body)));
            if (answer.statusCode() == 404) {
                answer = send(request("").POST(BodyPublishers.ofByteArray(body)));
            }
            expect(answer, 200, 201);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String key) {
        expect(send(request(MEMBER + "-" + key).DELETE()), 200, 202, 404);
    }

    private HttpRequest.Builder request(String name) {
        try {
            // Read each time: the cluster renews the token.
            String token = Files.readString(account.resolve("token")).strip();
            return HttpRequest.newBuilder(
                            secrets.resolve(name.isEmpty() ? secrets.getPath().replaceFirst("/$", "") : name))
                    .timeout(TIMEOUT)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static void expect(HttpResponse<?> answer, int... statuses) {
        for (int status : statuses) {
            if (answer.statusCode() == status) {
                return;
            }
        }
        throw new UncheckedIOException(new IOException("the API server answered " + answer.statusCode() + " to "
                + answer.request().method() + " " + answer.request().uri().getPath()));
    }

    private static SSLContext trusting(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
