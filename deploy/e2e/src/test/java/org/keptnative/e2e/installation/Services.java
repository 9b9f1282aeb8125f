package org.keptnative.e2e.installation;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The processes of the three services, one or several of each. */
final class Services {

    static final String API = "api-service";
    static final String CONFIGURATION = "configuration-service";
    static final String DATASTORE = "mongodb-datastore";

    private final Path folder;
    private final Map<String, String> given;
    private final Map<String, Place> places;
    private final Map<String, List<ManagedProcess>> processes = new LinkedHashMap<>();

    /**
     * @param folder for data and logs
     * @param environment for all of them, beside what they need to find each other
     * @param replicas of each; more than one of configuration-service keep their files in the database
     * @param heap of each, by its name
     */
    Services(Path folder, Map<String, String> environment, int replicas, UnaryOperator<String> heap) {
        this.folder = folder;
        given = environment;
        places = Map.of(API, new Place(replicas), CONFIGURATION, new Place(replicas), DATASTORE, new Place(replicas));
        for (String name : List.of(API, CONFIGURATION, DATASTORE)) {
            List<ManagedProcess> some = new ArrayList<>();
            for (int port : places.get(name).ports()) {
                some.add(process(name, some.isEmpty() ? name : name + "-" + port, port, heap.apply(name), Map.of()));
            }
            processes.put(name, some);
        }
    }

    Stream<ManagedProcess> all() {
        return processes.values().stream().flatMap(List::stream);
    }

    ManagedProcess first(String name) {
        return processes.get(name).get(0);
    }

    URI url(String name) {
        return URI.create("http://" + places.get(name).address());
    }

    /** What the gateway has to be told. */
    Map<String, String> upstreams() {
        return Map.of(
                "API_SERVICE", places.get(API).all(),
                "CONFIGURATION_SERVICE", places.get(CONFIGURATION).all(),
                "MONGODB_DATASTORE", places.get(DATASTORE).all());
    }

    /**
     * One more process that none of the others knows of, started.
     *
     * @param environment for it alone
     */
    Installation.Replica another(String name, String heap, Map<String, String> environment) {
        int port = Ports.free();
        ManagedProcess process = process(name, name + "-" + port, port, heap, environment);
        process.start();
        return new Installation.Replica(process, URI.create("http://127.0.0.1:" + port));
    }

    void close() {
        all().forEach(ManagedProcess::stop);
        places.values().forEach(Place::close);
    }

    private ManagedProcess process(
            String name, String processName, int port, String heap, Map<String, String> environment) {
        int managementPort = Ports.free();
        Map<String, String> all = new HashMap<>(given);
        all.putIfAbsent("GIT_ACCESS", "write");
        String projects = name.equals(processName) ? "config" : processName;
        all.put("CONFIGURATION_DATA_DIR", folder.resolve(projects).toString());
        all.put("UPSTREAM_CREDENTIALS_DIR", folder.resolve(projects).toString());
        all.put(
                "BRIDGE_CREDENTIALS_FILE",
                folder.resolve("bridge-credentials.json").toString());
        all.put("CONFIGURATION_URI", url(CONFIGURATION).toString());
        all.put("DATASTORE_URI", url(DATASTORE).toString());
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        all.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        all.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        all.putAll(environment);
        return new ManagedProcess(
                processName,
                folder,
                Packaged.service(name, heap),
                all,
                Probe.http(URI.create("http://127.0.0.1:" + managementPort + "/health/ready")));
    }
}
