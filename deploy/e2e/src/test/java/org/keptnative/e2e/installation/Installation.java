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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;

/**
 * The whole product as it is packaged: three services, the database and the real NGINX, on free ports of the loopback
 * interface. Tests that only use it share one ({@link #shared()}); those that break it start their own.
 */
public final class Installation implements AutoCloseable {

    /** Bodies are UTF-8 and content types are sent as the tests write them; so are paths, `%2F` included. */
    private static final RestAssuredConfig AS_WRITTEN = RestAssured.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private static final String HEAP = "512m";

    private static Installation shared;

    private final String token = "end-to-end-token";
    private final Path folder;
    private final Database database;
    private final Services services;
    private final Gateway gateway;

    private Installation(Map<String, String> environment, Path folder, int replicas, UnaryOperator<String> heap) {
        this.folder = folder;
        database = new Database(folder);
        Map<String, String> ofServices = new HashMap<>(environment);
        ofServices.putAll(database.environment());
        ofServices.put("SECRET_TOKEN", token);
        services = new Services(folder, ofServices, replicas, heap);
        Map<String, String> ofGateway = new HashMap<>(environment);
        ofGateway.putAll(services.upstreams());
        gateway = new Gateway(folder, ofGateway);
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
        return start(environment, folder, 1);
    }

    /** @param replicas of each service; more than one need a {@code CONFIGURATION_STORE} that they can share */
    public static Installation start(Map<String, String> environment, Path folder, int replicas) {
        return start(new Installation(environment, folder, replicas, service -> HEAP));
    }

    /** One of the test's own whose services have the heap that their manifests give them. */
    public static Installation startAsInManifests() {
        return start(new Installation(Map.of(), newFolder(), 1, Packaged::heapOfManifest));
    }

    private static Installation start(Installation installation) {
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
        services.all().forEach(ManagedProcess::start);
        gateway.process().start();
        services.all().forEach(ManagedProcess::awaitReady);
        gateway.process().awaitReady();
    }

    /** Ends every process as a crash of the machine would. */
    public void killAll() {
        gateway.process().kill();
        services.all().forEach(ManagedProcess::kill);
        database.kill();
    }

    @Override
    public void close() {
        gateway.process().stop();
        services.close();
        database.close();
    }

    /** Deletes all documents of a collection, as if the database had been lost in part. */
    public void lose(String collection) {
        database.empty(collection);
    }

    /** How many documents of a collection have an id like that. */
    public long count(String collection, String id) {
        return database.count(collection, id);
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
        return services.first(Services.API);
    }

    public ManagedProcess configurationService() {
        return services.first(Services.CONFIGURATION);
    }

    public ManagedProcess mongodbDatastore() {
        return services.first(Services.DATASTORE);
    }

    /** Those of the services. */
    public List<ManagedProcess> serviceProcesses() {
        return services.all().toList();
    }

    /** Every process that is ours: the services, the gateway, and the database unless it is somebody else's server. */
    public List<ManagedProcess> processes() {
        return Stream.of(services.all(), Stream.of(gateway.process()), database.process().stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** The service's own port, past the gateway. */
    public URI apiServiceUrl() {
        return services.url(Services.API);
    }

    public URI configurationServiceUrl() {
        return services.url(Services.CONFIGURATION);
    }

    public URI mongodbDatastoreUrl() {
        return services.url(Services.DATASTORE);
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
        return ready(services.another(Services.API, heap, Map.of()));
    }

    /** As {@link #startApiService}, with projects of its own. */
    public Replica startConfigurationService(String heap) {
        return ready(services.another(Services.CONFIGURATION, heap, Map.of()));
    }

    /** One more configuration-service, started; it may never be ready. */
    public Replica startConfigurationService(Map<String, String> environment) {
        return services.another(Services.CONFIGURATION, "512m", environment);
    }

    private static Replica ready(Replica replica) {
        replica.process().awaitReady();
        return replica;
    }

    /** One more process of a service. */
    public record Replica(ManagedProcess process, URI url) {}
}
