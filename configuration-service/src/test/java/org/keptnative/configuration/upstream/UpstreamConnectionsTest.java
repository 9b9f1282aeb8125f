package org.keptnative.configuration.upstream;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpstreamConnectionsTest {

    @TempDir
    Path temporary;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.identity(temporary)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_is_wrong_with_a_certificate_is_said() {
        assertThatThrownBy(() -> fetch(Optional.empty()))
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("UPSTREAM_CA_FILE");
        assertThat(CertificateProblem.of(new SSLException(new CertificateException("No name matching x found"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("another name"));
    }

    @Test
    void authorities_of_a_file_are_trusted() {
        assertThatThrownBy(() -> fetch(Optional.of(temporary.resolve("ca.crt"))))
                .hasMessageContaining("not found")
                .hasMessageNotContaining("certificate");
    }

    @Test
    void without_the_file_those_of_the_platform_are_trusted() {
        assertThatThrownBy(() -> fetch(Optional.of(temporary.resolve("missing"))))
                .hasMessageContaining("is not trusted");
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.org/x,   true",
        "http://git.example.org/x,    false",
        "https://git.corp/x,          false",
        "https://a.git.corp/x,        false",
        "https://10.0.0.1/x,          false",
    })
    void a_proxy_leads_to_what_is_not_listed(String url, boolean proxied) throws Exception {
        UpstreamConnections connections = connections(Optional.empty());

        assertThat(connections.proxyFor(new URL(url)) != Proxy.NO_PROXY).isEqualTo(proxied);
    }

    private void fetch(Optional<Path> authorities) throws Exception {
        Upstream upstream = Upstream.of(
                "u", "a-token", "https://127.0.0.1:" + server.getAddress().getPort() + "/x.git");
        UpstreamConnections direct = new UpstreamConnections(
                authorities, Optional.empty(), Optional.empty(), new UpstreamHosts(List.of(), false));
        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("x"))) {
            new GitRemote(upstream, direct, 5).fetch(repository, any -> Set.of());
        }
    }

    private static UpstreamConnections connections(Optional<Path> authorities) {
        return new UpstreamConnections(
                authorities,
                Optional.of(URI.create("http://proxy.corp:3128")),
                Optional.of(List.of(".corp", "10.0.0.1")),
                new UpstreamHosts(List.of(), false));
    }
}
