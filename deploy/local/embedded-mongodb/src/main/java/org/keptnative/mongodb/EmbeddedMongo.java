package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoServer;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves the MongoDB protocol on the loopback interface from one file: {@code embedded-mongodb FILE PORT}.
 *
 * <p>Good for trying the product out, and for small installations: some hundred thousand events.
 */
public class EmbeddedMongo {

    private static final int PAUSE_MILLIS = 500;

    private EmbeddedMongo() {}

    public static void main(String... args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: embedded-mongodb FILE PORT");
            System.exit(2);
        }
        Path file = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        serve(file, Integer.parseInt(args[1]));
    }

    /** Begins anew from the file when it could not be written, until it can. */
    private static void serve(Path file, int port) throws InterruptedException {
        DurableBackend backend = new DurableBackend(file);
        while (true) {
            MongoServer server = new MongoServer(backend);
            Thread shutdown = new Thread(server::shutdownNow);
            Runtime.getRuntime().addShutdownHook(shutdown);
            server.bind("127.0.0.1", port);
            System.out.printf("event=started file=%s port=%s%n", file, port);
            backend.awaitBreakdown();
            System.out.printf("event=restart reason=\"the file cannot be written\" file=%s%n", file);
            Runtime.getRuntime().removeShutdownHook(shutdown);
            backend.giveUp();
            server.shutdownNow();
            backend = reopen(file);
        }
    }

    private static DurableBackend reopen(Path file) throws InterruptedException {
        while (true) {
            Thread.sleep(PAUSE_MILLIS);
            try {
                return new DurableBackend(file);
            } catch (RuntimeException e) {
                System.out.printf("event=restart-postponed reason=\"%s\"%n", e.getMessage());
            }
        }
    }
}
