package org.keptnative.configuration.upstream;

import jakarta.inject.Singleton;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** How Git servers are reached: through a proxy, and trusting authorities of one's own. */
@Singleton
class UpstreamConnections {

    private static final int HTTP_PORT = 80;

    private static final Logger LOG = Logger.getLogger(UpstreamConnections.class);

    private final TrustManager[] trusted;
    private final Proxy proxy;
    private final List<String> direct;
    private final UpstreamHosts hosts;

    UpstreamConnections(
            @ConfigProperty(name = "configuration.upstream.ca-file") Optional<Path> authorities,
            @ConfigProperty(name = "configuration.upstream.https-proxy") Optional<URI> proxy,
            @ConfigProperty(name = "configuration.upstream.no-proxy") Optional<List<String>> direct,
            UpstreamHosts hosts) {
        this.hosts = hosts;
        this.trusted = authorities
                .filter(UpstreamConnections::isThere)
                .map(UpstreamConnections::trusting)
                .orElse(null);
        this.proxy = proxy.map(UpstreamConnections::proxy).orElse(Proxy.NO_PROXY);
        this.direct = direct.orElse(List.of());
    }

    /** @param limit for all that is asked through these connections */
    HttpConnectionFactory within(TimeLimit limit) {
        return new HttpConnectionFactory() {
            @Override
            public HttpConnection create(URL url) throws IOException {
                return connect(url, limit);
            }

            /** @param ignored JGit's choice, which follows the properties of the JVM */
            @Override
            public HttpConnection create(URL url, Proxy ignored) throws IOException {
                return connect(url, limit);
            }
        };
    }

    private HttpConnection connect(URL url, TimeLimit limit) throws IOException {
        Proxy way = proxyFor(url);
        hosts.check(url.getHost(), way == Proxy.NO_PROXY);
        HttpConnection connection = new LimitedConnection(url, way, limit);
        if (trusted != null && "https".equals(url.getProtocol())) {
            try {
                connection.configure(null, trusted, null);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
        return connection;
    }

    /** As curl has it: plain HTTP goes there directly, and so does a host, or one below a domain, that is listed. */
    Proxy proxyFor(URL url) {
        String host = url.getHost();
        boolean isDirect = direct.stream().anyMatch(entry -> UpstreamHosts.covers(entry, host));
        return isDirect || !"https".equals(url.getProtocol()) ? Proxy.NO_PROXY : proxy;
    }

    private static Proxy proxy(URI uri) {
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
    }

    /** In a cluster the file comes from a Secret that may be missing. */
    private static boolean isThere(Path authorities) {
        boolean there = Files.exists(authorities);
        LOG.infof("event=upstream-authorities file=%s found=%b", authorities, there);
        return there;
    }

    /** The authorities of the Java platform and those of the file. */
    private static TrustManager[] trusting(Path authorities) {
        try (InputStream in = Files.newInputStream(authorities)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("own" + number++, certificate);
            }
            for (TrustManager manager : managers(null)) {
                for (Certificate certificate : ((X509TrustManager) manager).getAcceptedIssuers()) {
                    store.setCertificateEntry("platform" + number++, certificate);
                }
            }
            return managers(store);
        } catch (IOException e) {
            throw new UncheckedIOException("UPSTREAM_CA_FILE cannot be read: " + authorities, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("UPSTREAM_CA_FILE holds no certificates: " + authorities, e);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .toArray(TrustManager[]::new);
    }
}
