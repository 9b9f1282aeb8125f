package org.keptnative.e2e.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a Service of Kubernetes does: hands each connection to one of several processes that is there. */
final class Spreader implements AutoCloseable {

    private final List<Integer> targets;
    private final ServerSocket server;

    Spreader(List<Integer> targets) {
        this.targets = targets;
        try {
            server = new ServerSocket(Ports.free(), 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(server);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                begin(() -> connect(client));
            } catch (IOException closed) {
                // By the loop's condition.
            }
        }
    }

    private void connect(Socket client) {
        List<Integer> shuffled = new ArrayList<>(targets);
        Collections.shuffle(shuffled);
        for (int port : shuffled) {
            try {
                Socket target = new Socket(InetAddress.getLoopbackAddress(), port);
                target.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                begin(() -> pass(client, target));
                pass(target, client);
                return;
            } catch (IOException nobody) {
                // Another one, then.
            }
        }
        closeQuietly(client);
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // The end of this connection.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "spreader");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
