package org.keptnative.configuration.upstream;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.keptnative.configuration.upstream.Secrets.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The Kubernetes Secret {@code git-credentials-<key>} in the namespace of the service, with what Keptn has in its own. */
final class SecretCredentialStore implements CredentialStore {

    private static final String MEMBER = "git-credentials";
    private static final int TIMEOUT_SECONDS = 5;

    private final Path token;
    private final Secrets secrets;

    /**
     * @param server the API server, for example {@code https://10.0.0.1:443}
     * @param account the folder of the service account, with its {@code token} and the server's {@code ca.crt}
     */
    SecretCredentialStore(URI server, Path account, String namespace) {
        token = account.resolve("token");
        secrets = QuarkusRestClientBuilder.newBuilder()
                .baseUri(server.resolve("/api/v1/namespaces/" + namespace + "/secrets"))
                .tlsConfiguration(trusting(account.resolve("ca.crt")))
                .connectTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build(Secrets.class);
    }

    @Override
    public Optional<Upstream> find(String key) {
        try {
            byte[] upstream = ask(bearer -> secrets.get(bearer, name(key)))
                    .map(Secret::data)
                    .map(data -> data.get(MEMBER))
                    .orElse(null);
            return upstream == null ? Optional.empty() : UpstreamJson.read(upstream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(String key, Upstream upstream) {
        Secret secret = secret(key, upstream);
        ask(bearer -> secrets.replace(bearer, name(key), secret))
                .or(() -> ask(bearer -> secrets.create(bearer, secret)))
                .orElseThrow(() -> new UncheckedIOException(new IOException("there is no such namespace")));
    }

    @Override
    public void delete(String key) {
        ask(bearer -> secrets.delete(bearer, name(key)));
    }

    private static String name(String key) {
        return MEMBER + "-" + key;
    }

    private static Secret secret(String key, Upstream upstream) {
        try {
            return Secret.of(name(key), Map.of(MEMBER, UpstreamJson.write(upstream)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing when there is no such Secret. */
    private Optional<Secret> ask(Function<String, Secret> question) {
        try {
            // Read each time: the cluster renews the token.
            return Optional.of(
                    question.apply("Bearer " + Files.readString(token).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed(e);
        } catch (ProcessingException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(RuntimeException e) {
        return new UncheckedIOException(new IOException("the API server: " + e.getMessage(), e));
    }

    private static TlsConfiguration trusting(Path authority) {
        TrustOptions trusted = new PemTrustOptions().addCertPath(authority.toString());
        return new BaseTlsConfiguration() {
            @Override
            public TrustOptions getTrustStoreOptions() {
                return trusted;
            }
        };
    }
}
