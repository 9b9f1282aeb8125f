package org.keptnative.configuration.upstream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long a Git server may take for all that one call asks of it: a while, and longer as long as enough comes or goes.
 * The limits of single reads are no help against one that sends a byte now and then. When the time is over, the
 * connections are closed, whatever they are at.
 */
final class TimeLimit implements AutoCloseable {

    /** In bytes per second. Whoever is slower uses up the allowance. */
    static final int LEAST_RATE = 1024;

    /** What one call asks are several exchanges. For so many, each as slow as it may be, the time is enough. */
    private static final int ANSWERS = 2;

    private final Duration allowance;
    private final Set<HttpURLConnection> connections = ConcurrentHashMap.newKeySet();
    private long end;
    private CompletableFuture<Void> alarm;

    /** @param timeoutSeconds how long a Git server may take for one answer */
    TimeLimit(int timeoutSeconds) {
        this.allowance = Duration.ofSeconds(ANSWERS * (long) timeoutSeconds);
        this.end = System.nanoTime() + allowance.toNanos();
        watch();
    }

    /** The same URL, of which each connection that is opened is closed in time. */
    URL limited(URL url) throws IOException {
        return new URL(null, url.toExternalForm(), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL same) throws IOException {
                return openConnection(same, Proxy.NO_PROXY);
            }

            @Override
            protected URLConnection openConnection(URL same, Proxy way) throws IOException {
                HttpURLConnection opened = (HttpURLConnection) url.openConnection(way);
                connections.add(opened);
                moved(0);
                return opened;
            }
        });
    }

    synchronized boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** @throws InterruptedIOException when the time is over */
    synchronized void moved(int bytes) throws InterruptedIOException {
        if (isOver()) {
            throw new InterruptedIOException("the time is over");
        }
        long earned = TimeUnit.SECONDS.toNanos(Math.max(bytes, 0)) / LEAST_RATE;
        long most = System.nanoTime() + allowance.toNanos();
        end = most - end < earned ? most : end + earned;
    }

    @Override
    public void close() {
        silence();
        if (isOver()) {
            disconnect();
        }
        connections.clear();
    }

    private synchronized void watch() {
        alarm = new CompletableFuture<Void>().completeOnTimeout(null, end - System.nanoTime(), TimeUnit.NANOSECONDS);
        alarm.thenRunAsync(
                () -> {
                    if (isOver()) {
                        disconnect();
                    } else {
                        watch();
                    }
                },
                TimeLimit::inThread);
    }

    /** Most calls end long before: none keeps a timer, or starts a thread later on. */
    private synchronized void silence() {
        alarm.cancel(false);
    }

    /** Of its own, since closing may wait for who is reading. */
    private static void inThread(Runnable work) {
        Thread thread = new Thread(work, "upstream-time-limit");
        thread.setDaemon(true);
        thread.start();
    }

    private void disconnect() {
        connections.forEach(HttpURLConnection::disconnect);
    }
}
