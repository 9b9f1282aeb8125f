package org.keptnative.e2e.installation;

import java.util.List;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;

/** Where the processes of one service listen, and the one address that the other services know. */
final class Place implements AutoCloseable {

    private final List<Integer> ports;
    private final Spreader spreader; // null where there is but one

    Place(int replicas) {
        ports = IntStream.range(0, replicas).mapToObj(i -> Ports.free()).toList();
        spreader = replicas == 1 ? null : new Spreader(ports);
    }

    List<Integer> ports() {
        return ports;
    }

    /** As the other services know it. */
    String address() {
        return "127.0.0.1:" + (spreader == null ? ports.get(0) : spreader.port());
    }

    /** As the gateway knows them. */
    String all() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(joining(","));
    }

    @Override
    public void close() {
        if (spreader != null) {
            spreader.close();
        }
    }
}
