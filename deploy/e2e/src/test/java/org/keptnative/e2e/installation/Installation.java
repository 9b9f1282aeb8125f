package org.keptnative.e2e.installation;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;

/**
 * The whole product as it is packaged: three services, the database and the real NGINX, on free ports of the loopback
 * interface. Tests that only use it share one ({@link #shared()}); those that break it start their own.
 */
public final class Installation implements AutoCloseable {

    private static final String API = "api-service";
    private static final String CONFIGURATION = "configuration-service";
    private static final String DATASTORE = "mongodb-datastore";

    /** Bodies are UTF-8 and content types are sent as the tests write them; so are paths, `%2F` included. */
    private static final RestAssuredConfig AS_WRITTEN = RestAssured.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private static Installation shared;

    private final String token = "end-to-end-token";
    private final Path folder;
    private final Database database;
    private final Map<String, ManagedProcess> services = new HashMap<>();
    private final Map<String, Integer> ports =
            Map.of(API, Ports.free(), CONFIGURATION, Ports.free(), DATASTORE, Ports.free());
    private final Gateway gateway;

    private Installation(Map<String, String> environment, Path folder) {
        this.folder = folder;
        database = new Database(folder);
        List.of(API, CONFIGURATION, DATASTORE).forEach(name -> services.put(name, service(name, environment)));
        Map<String, String> upstreams = new HashMap<>(environment);
        upstreams.put("API_SERVICE", address(API));
        upstreams.put("CONFIGURATION_SERVICE", address(CONFIGURATION));
        upstreams.put("MONGODB_DATASTORE", address(DATASTORE));
        gateway = new Gateway(folder, upstreams);
    }

    /** The one that all tests of this JVM use; it ends with the JVM. Its gateway believes what they say who they are. */
    public static synchronized Installation shared() {
        if (shared == null) {
            Installation installation = start(Map.of("TRUSTED_PROXIES", "127.0.0.1"));
            Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
            shared = installation;
        }
        return shared;
    }

    /**
     * One of the test's own.
     *
     * @param environment for the three services and the gateway, beside what they need to find each other
     */
    public static Installation start(Map<String, String> environment) {
        return start(environment, newFolder());
    }

    /** @param folder for data and logs */
    public static Installation start(Map<String, String> environment, Path folder) {
        Installation installation = new Installation(environment, folder);
        try {
            installation.startAll();
        } catch (RuntimeException | Error e) {
            installation.killAll();
            throw e;
        }
        return installation;
    }

    /** An empty folder below {@code target}. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "installations")), "")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts every process, also after {@link #killAll()}. */
    public void startAll() {
        database.start();
        services.values().forEach(ManagedProcess::start);
        gateway.process().start();
        services.values().forEach(ManagedProcess::awaitReady);
        gateway.process().awaitReady();
    }

    /** Ends every process as a crash of the machine would. */
    public void killAll() {
        gateway.process().kill();
        services.values().forEach(ManagedProcess::kill);
        database.kill();
    }

    @Override
    public void close() {
        gateway.process().stop();
        services.values().forEach(ManagedProcess::stop);
        database.close();
    }

    /** Deletes all documents of a collection, as if the database had been lost in part. */
    public void lose(String collection) {
        database.empty(collection);
    }

    /** A request of a client with the token; paths begin with {@code /api}. */
    public RequestSpecification client() {
        return stranger().header("x-token", token);
    }

    /** A request of somebody without a token. */
    public RequestSpecification stranger() {
        return given().config(AS_WRITTEN).baseUri(gateway.url().toString()).urlEncodingEnabled(false);
    }

    public Gateway gateway() {
        return gateway;
    }

    public ManagedProcess apiService() {
        return services.get(API);
    }

    public ManagedProcess configurationService() {
        return services.get(CONFIGURATION);
    }

    public ManagedProcess mongodbDatastore() {
        return services.get(DATASTORE);
    }

    /** Every process that is ours: the services, the gateway, and the database unless it is somebody else's server. */
    public List<ManagedProcess> processes() {
        return Stream.of(services.values().stream(), Stream.of(gateway.process()), database.process().stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** The service's own port, past the gateway. */
    public URI apiServiceUrl() {
        return URI.create("http://" + address(API));
    }

    public URI configurationServiceUrl() {
        return URI.create("http://" + address(CONFIGURATION));
    }

    public URI mongodbDatastoreUrl() {
        return URI.create("http://" + address(DATASTORE));
    }

    /** The server of the database, without the name of one. */
    public String mongodbUrl() {
        return database.connectionString().replaceFirst("/$", "");
    }

    public String token() {
        return token;
    }

    /** Data and logs. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts one more api-service, on a port of its own, and waits until it is ready. Whoever asks for it ends it.
     *
     * @param heap a limit as for Java, for example {@code 320m}
     */
    public Replica startApiService(String heap) {
        return start(API, heap);
    }

    /** As {@link #startApiService}, with projects of its own. */
    public Replica startConfigurationService(String heap) {
        return start(CONFIGURATION, heap);
    }

    private Replica start(String name, String heap) {
        int port = Ports.free();
        ManagedProcess process = service(name, name + "-" + port, port, heap, Map.of());
        process.start();
        process.awaitReady();
        return new Replica(process, URI.create("http://127.0.0.1:" + port));
    }

    /** One more process of a service. */
    public record Replica(ManagedProcess process, URI url) {}

    private ManagedProcess service(String name, Map<String, String> environment) {
        return service(name, name, ports.get(name), "512m", environment);
    }

    private ManagedProcess service(
            String name, String processName, int port, String heap, Map<String, String> environment) {
        int managementPort = Ports.free();
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("GIT_ACCESS", "write");
        all.putAll(database.environment());
        all.put("SECRET_TOKEN", token);
        String projects = name.equals(processName) ? "config" : processName;
        all.put("CONFIGURATION_DATA_DIR", folder.resolve(projects).toString());
        all.put(
                "BRIDGE_CREDENTIALS_FILE",
                folder.resolve("bridge-credentials.json").toString());
        all.put("CONFIGURATION_URI", "http://" + address(CONFIGURATION));
        all.put("DATASTORE_URI", "http://" + address(DATASTORE));
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        all.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        all.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        return new ManagedProcess(
                processName,
                folder,
                Packaged.service(name, heap),
                all,
                Probe.http(URI.create("http://127.0.0.1:" + managementPort + "/health/ready")));
    }

    private String address(String service) {
        return "127.0.0.1:" + ports.get(service);
    }
}
