package org.keptnative.datastore;

import com.mongodb.ConnectionString;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A database that a test can take away: the usual one behind a TCP proxy. */
public class DatabaseProxy implements QuarkusTestResourceLifecycleManager {

    /** What becomes of a connection. */
    public enum Mode {
        FORWARD,
        CLOSE,
        /** Accepted, but no byte gets through. */
        HANG,
        /** A question is answered after half a second. */
        SLOW
    }

    private static final List<Socket> SOCKETS = new CopyOnWriteArrayList<>();
    private static volatile Mode mode = Mode.FORWARD;

    private final MongoTestResource mongo = new MongoTestResource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;

    public static void set(Mode next) {
        mode = next;
        if (next == Mode.FORWARD || next == Mode.CLOSE) {
            SOCKETS.forEach(DatabaseProxy::close);
            SOCKETS.clear();
        }
    }

    @Override
    public Map<String, String> start() {
        set(Mode.FORWARD);
        Map<String, String> properties = new HashMap<>(mongo.start());
        String host = new ConnectionString(properties.get("quarkus.mongodb.connection-string"))
                .getHosts()
                .get(0);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> acceptFor(host.split(":")));
        properties.put(
                "quarkus.mongodb.connection-string",
                "mongodb://localhost:%d/?directConnection=true".formatted(server.getLocalPort()));
        properties.put("datastore.database-timeout", "1500ms");
        properties.put("quarkus.mongodb.server-selection-timeout", "1s");
        return properties;
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(Mode.CLOSE);
        threads.shutdownNow();
        mongo.stop();
    }

    private void acceptFor(String[] target) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket database = new Socket(target[0], Integer.parseInt(target[1]));
                SOCKETS.addAll(List.of(client, database));
                if (mode == Mode.CLOSE) {
                    close(client);
                }
                threads.execute(() -> copy(client, database));
                threads.execute(() -> copy(database, client));
            } catch (IOException e) {
                // The server socket was closed: the test is over.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[65536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (mode == Mode.SLOW) {
                    Thread.sleep(250);
                }
                if (mode != Mode.HANG) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // One end has closed the connection, and so the other end is closed too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
