package org.keptnative.mongodb;

import de.bwaldvogel.mongo.MongoServer;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves the MongoDB protocol on the loopback interface from one file: {@code embedded-mongodb FILE PORT}.
 *
 * <p>Good for trying the product out. A query reads every document of its collection, so it takes some ten thousand
 * events before it becomes slow.
 */
public class EmbeddedMongo {

    private EmbeddedMongo() {}

    public static void main(String... args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: embedded-mongodb FILE PORT");
            System.exit(2);
        }
        Path file = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        MongoServer server = new MongoServer(new DurableBackend(file));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        server.bind("127.0.0.1", Integer.parseInt(args[1]));
        System.out.printf("event=started file=%s port=%s%n", file, args[1]);
    }
}
