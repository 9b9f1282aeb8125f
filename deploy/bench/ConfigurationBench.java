import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Measures the configuration-service and bare JGit side by side; {@code deploy/bench/configuration} runs it. */
final class ConfigurationBench {

    private static final int FILES = 1_000;
    private static final int CLIENTS = 8;

    private static int secondsEach;
    private static final AtomicLong COUNTER = new AtomicLong();

    /** One client's work; opened once per thread. */
    interface Work {
        Callable<?> open() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        URI service = URI.create(arguments[0]);
        URI management = URI.create(arguments[1]);
        secondsEach = Integer.parseInt(arguments[3]);
        System.out.printf("%-46s %8s %9s %9s %9s%n", "", "clients", "per s", "median ms", "99 % ms");
        boolean files = !arguments[4].equals("entities");
        if (files) {
            files(service, management, Path.of(arguments[2]));
        }
        if (!arguments[4].equals("files")) {
            entities(service, files ? CLIENTS : 0);
        }
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGODB_CONNECTION_STRING"))) {
            mongo.getDatabase(System.getenv("MONGO_DB_NAME")).drop();
        }
    }

    private static void files(URI service, URI management, Path bareDirectory) throws Exception {
        String[] projects = new String[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            projects[i] = "bench-" + i;
            prepare(service, projects[i]);
        }
        Bare bare = new Bare(bareDirectory);
        measure("JGit: commit with fsync", 1, () -> bare::commit);
        measure("service: write a file", 1, () -> write(service, projects[0]));
        measure("JGit: commits with fsync, one repository", CLIENTS, () -> bare::commit);
        measure("JGit: … eight at a time, as one pack with fsync", CLIENTS, 1, () -> bare::commitTogether);
        measure("service: write files, one project", CLIENTS, () -> write(service, projects[0]));
        measure("service: write files, a project per client", CLIENTS, () ->
                write(service, projects[(int) (COUNTER.incrementAndGet() % CLIENTS)]));
        measure("JGit: read a file", 1, () -> bare::read);
        measure("service: plain 200 (/health/live)", 1, () -> get(management, "/health/live"));
        measure("service: read a file", 1, () -> get(service, "/v1/project/bench-0/stage/dev/resource/folder1%2Ffile1"));
        measure("service: plain 200 (/health/live)", CLIENTS, () -> get(management, "/health/live"));
        measure("service: read a file", CLIENTS, () ->
                get(service, "/v1/project/bench-0/stage/dev/resource/folder1%2Ffile1"));
        measure("JGit: walk a tree of 1 000 files", 1, () -> bare::walk);
        measure("service: page of a list of 1 000 files", 1, () ->
                get(service, "/v1/project/bench-0/stage/dev/resource?pageSize=50&nextPageKey=500"));
        measure("service: page of a list of 1 000 files", CLIENTS, () ->
                get(service, "/v1/project/bench-0/stage/dev/resource?pageSize=50&nextPageKey=500"));
    }

    /** What the Bridge polls, with what happened to each service; a large project, and a page of many projects. */
    private static void entities(URI service, int projectsBefore) throws Exception {
        for (int i = 0; i < 10; i++) {
            Entities.project(service, "small-" + i, 3, 2, true);
        }
        Entities.project(service, "large", 20, 50, true);
        for (int clients : new int[] {1, CLIENTS}) {
            measure("project of 3 stages, 2 services", clients, () -> get(service, "/v1/project/small-0"));
            measure("stage of 2 services", clients, () -> get(service, "/v1/project/small-0/stage/stage-0"));
            measure("service", clients, () -> get(service, "/v1/project/small-0/stage/stage-0/service/service-0"));
            measure("project of 20 stages, 50 services", clients, () -> get(service, "/v1/project/large"));
            measure("stage of 50 services", clients, () -> get(service, "/v1/project/large/stage/stage-0"));
            measure("service of 1 000", clients, () ->
                    get(service, "/v1/project/large/stage/stage-0/service/service-0"));
            measure("list of 10 projects of 6 services", clients, () -> get(service, "/v1/project?pageSize=10&nextPageKey=" + projectsBefore));
        }
        for (int i = 0; i < 20; i++) {
            Entities.project(service, "many-" + i, 20, 50, false);
        }
        try (Http http = new Http(service)) {
            for (String what : new String[] {"first", "second"}) {
                long start = System.nanoTime();
                http.send("GET", "/v1/project?pageSize=20&nextPageKey=" + (projectsBefore + 11), null);
                System.out.printf(
                        "list of 20 projects of 1 000 services, %s time: %.0f ms%n", what, (System.nanoTime() - start) / 1e6);
            }
        }
    }

    /** Projects with services to which something happened. */
    private static final class Entities {

        private static final String[] TYPES = {
            "configuration.change", "deployment-finished", "tests-finished", "evaluation-done", "problem"
        };

        static void project(URI service, String project, int stages, int services, boolean history) throws Exception {
            try (Http http = new Http(service)) {
                StringBuilder names = new StringBuilder();
                for (int i = 0; i < stages; i++) {
                    names.append(i == 0 ? "" : ",").append("{\"stageName\":\"stage-" + i + "\"}");
                }
                http.send("POST", "/v1/project", "{\"projectName\":\"" + project + "\",\"stages\":[" + names + "]}");
                for (int i = 0; i < services; i++) {
                    http.send("POST", "/v1/project/" + project + "/service", "{\"serviceName\":\"service-" + i + "\"}");
                    for (int stage = 0; history && stage < stages; stage++) {
                        for (String type : TYPES) {
                            http.send("POST", "/v1/event", event(project, "stage-" + stage, "service-" + i, type));
                        }
                    }
                }
            }
        }

        private static String event(String project, String stage, String service, String type) {
            return "{\"type\":\"sh.keptn.events." + type + "\",\"specversion\":\"0.2\",\"source\":\"bench\","
                    + "\"id\":\"" + UUID.randomUUID() + "\",\"shkeptncontext\":\"" + UUID.randomUUID() + "\","
                    + "\"contenttype\":\"application/json\",\"data\":{\"project\":\"" + project + "\","
                    + "\"stage\":\"" + stage + "\",\"service\":\"" + service + "\","
                    + "\"image\":\"docker.io/keptnexamples/carts\",\"tag\":\"0.11.1\"}}";
        }
    }

    private static void prepare(URI service, String project) throws Exception {
        try (Http http = new Http(service)) {
            http.send("POST", "/v1/project", "{\"projectName\":\"" + project + "\",\"stages\":[{\"stageName\":\"dev\"}]}");
            StringBuilder files = new StringBuilder();
            for (int i = 0; i < FILES; i++) {
                files.append(i == 0 ? "" : ",").append(file("folder" + i % 20 + "/file" + i, "content " + i));
            }
            http.send("POST", "/v1/project/" + project + "/stage/dev/resource", "{\"resources\":[" + files + "]}");
        }
    }

    private static Callable<?> write(URI service, String project) throws IOException {
        Http http = new Http(service);
        return () -> {
            long i = COUNTER.incrementAndGet();
            String body = file("folder" + i % 20 + "/file" + i % FILES, "content number " + i);
            http.send("PUT", "/v1/project/" + project + "/stage/dev/resource/folder" + i % 20 + "%2Ffile" + i % FILES, body);
            return null;
        };
    }

    private static Callable<?> get(URI server, String path) throws IOException {
        Http http = new Http(server);
        return () -> {
            http.send("GET", path, null);
            return null;
        };
    }

    private static String file(String uri, String content) {
        return "{\"resourceURI\":\"" + uri + "\",\"resourceContent\":\""
                + Base64.getEncoder().encodeToString(content.getBytes(UTF_8)) + "\"}";
    }

    private static void measure(String what, int clients, Work work) throws Exception {
        measure(what, 1, clients, work);
    }

    /** @param each how many commits one piece of work makes */
    private static void measure(String what, int each, int clients, Work work) throws Exception {
        run(clients, work, Math.max(1, secondsEach / 2)); // so that what is measured is compiled
        List<Long> nanos = run(clients, work, secondsEach);
        Collections.sort(nanos);
        System.out.printf(
                "%-46s %8d %9.0f %9.2f %9.2f%n",
                what,
                clients,
                each * nanos.size() / (double) secondsEach,
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get((int) (nanos.size() * 0.99)) / 1e6);
    }

    private static List<Long> run(int clients, Work work, int seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<List<Long>>> results = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Callable<?> client = work.open();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            results.add(threads.submit(() -> {
                List<Long> nanos = new ArrayList<>();
                for (long start = System.nanoTime(); start < end; ) {
                    client.call();
                    long now = System.nanoTime();
                    nanos.add(now - start);
                    start = now;
                }
                return nanos;
            }));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> result : results) {
            all.addAll(result.get());
        }
        threads.shutdown();
        return all;
    }

    /** The same content without any service: what the disk and JGit alone cost. */
    private static final class Bare {

        private final FileRepository repository;

        Bare(Path directory) throws IOException {
            repository = new FileRepository(directory.toFile());
            repository.create(true);
            repository.getConfig().setBoolean("core", null, "fsyncObjectFiles", true);
            repository.getConfig().setBoolean("core", null, "fsyncRefFiles", true);
            repository.getConfig().setBoolean("core", null, "logAllRefUpdates", false);
            DirCache files = DirCache.newInCore();
            commit(files, 0, FILES);
        }

        synchronized Void commit() throws IOException {
            long i = COUNTER.incrementAndGet();
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk walk = new RevWalk(reader)) {
                ObjectId tree = walk.parseCommit(repository.resolve("refs/heads/dev")).getTree();
                commit(DirCache.read(reader, tree), i, 1);
            }
            return null;
        }

        /** What a batch of the service is: a commit for each client, one pack, one update of the branch. */
        synchronized Void commitTogether() throws IOException {
            ObjectId head = repository.resolve("refs/heads/dev");
            try (PackInserter inserter = repository.getObjectDatabase().newPackInserter();
                    ObjectReader reader = inserter.newReader();
                    RevWalk walk = new RevWalk(reader)) {
                DirCache files = DirCache.read(reader, walk.parseCommit(head).getTree());
                ObjectId last = head;
                for (int i = 0; i < CLIENTS; i++) {
                    last = commit(inserter, files, COUNTER.incrementAndGet(), 1, last);
                }
                inserter.flush();
                Path folder = repository.getObjectDatabase().getPackDirectory().toPath();
                Path pack = repository.getObjectDatabase().getPacks().iterator().next().getPackFile().toPath();
                fsync(pack);
                fsync(Path.of(pack.toString().replace(".pack", ".idx")));
                fsync(folder);
                move(head, last);
            }
            return null;
        }

        private static void fsync(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                channel.force(true);
            }
        }

        private void commit(DirCache files, long first, int count) throws IOException {
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                ObjectId head = repository.resolve("refs/heads/dev");
                ObjectId id = commit(inserter, files, first, count, head);
                inserter.flush();
                move(head, id);
            }
        }

        private void move(ObjectId from, ObjectId to) throws IOException {
            RefUpdate update = repository.updateRef("refs/heads/dev");
            update.setNewObjectId(to);
            update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
            update.forceUpdate();
        }

        private ObjectId commit(ObjectInserter inserter, DirCache files, long first, int count, ObjectId head)
                throws IOException {
            DirCacheEditor editor = files.editor();
            for (long i = first; i < first + count; i++) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, ("bare content number " + i).getBytes(UTF_8));
                editor.add(new DirCacheEditor.PathEdit("folder" + i % 20 + "/file" + i % FILES) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setFileMode(FileMode.REGULAR_FILE);
                        entry.setObjectId(blob);
                    }
                });
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(files.writeTree(inserter));
            if (head != null) {
                commit.setParentId(head);
            }
            commit.setAuthor(new PersonIdent("keptn", "keptn@keptn.com"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Updated resource");
            return inserter.insert(commit);
        }

        Void read() throws IOException {
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk walk = new RevWalk(reader);
                    TreeWalk file = TreeWalk.forPath(
                            reader, "folder1/file1", walk.parseCommit(repository.resolve("refs/heads/dev")).getTree())) {
                reader.open(file.getObjectId(0)).getCachedBytes();
            }
            return null;
        }

        Void walk() throws IOException {
            try (ObjectReader reader = repository.newObjectReader();
                    RevWalk commits = new RevWalk(reader);
                    TreeWalk walk = new TreeWalk(reader)) {
                walk.addTree(commits.parseCommit(repository.resolve("refs/heads/dev")).getTree());
                walk.setRecursive(true);
                List<String> paths = new ArrayList<>();
                while (walk.next()) {
                    paths.add(walk.getPathString());
                }
            }
            return null;
        }
    }

    /** A connection that is kept; cheap, since it shares the processors with the service. */
    private static final class Http implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final String host;

        Http(URI server) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            out = socket.getOutputStream();
            host = server.getAuthority();
        }

        void send(String method, String path, String body) throws IOException {
            byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + bytes.length + "\r\n\r\n";
            byte[] request = new byte[head.length() + bytes.length];
            System.arraycopy(head.getBytes(UTF_8), 0, request, 0, head.length());
            System.arraycopy(bytes, 0, request, head.length(), bytes.length);
            out.write(request);
            String status = line();
            long length = 0;
            boolean chunked = false;
            for (String header; !(header = line().toLowerCase()).isEmpty(); ) {
                if (header.startsWith("content-length:")) {
                    length = Long.parseLong(header.substring(15).strip());
                } else if (header.startsWith("transfer-encoding:")) {
                    chunked = true;
                }
            }
            do {
                length = chunked ? Long.parseLong(line(), 16) : length;
                in.skipNBytes(length);
                if (chunked) {
                    line();
                }
            } while (chunked && length > 0);
            if (!status.startsWith("HTTP/1.1 2")) {
                throw new IOException(method + " " + path + ": " + status);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c; (c = in.read()) != '\n'; ) {
                if (c < 0) {
                    throw new IOException("the service has closed the connection");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
