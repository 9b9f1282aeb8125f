package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that post to the event broker without a pause, one for each of some projects. Each numbers its events, and
 * posts one again until it is acknowledged before it goes on, so that the numbers tell the order in the log.
 */
final class Load {

    private static final int WRITERS = 3;

    private final EventBroker broker;
    private final int[] acknowledged = new int[WRITERS];
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    Load(Installation installation) {
        broker = new EventBroker(installation);
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            writers.add(new Thread(() -> write(number)));
        }
        writers.forEach(Thread::start);
    }

    int acknowledged() {
        int sum = 0;
        for (int count : acknowledged) {
            sum += count;
        }
        return sum;
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** What stands in an id before and after the dash. */
    record Number(String project, int number) {

        static Number of(String id) {
            int dash = id.lastIndexOf('-');
            return new Number(id.substring(0, dash), Integer.parseInt(id.substring(dash + 1)));
        }
    }

    /**
     * Fails unless every acknowledged event is among these ids, and those of each project come in their order, not
     * counting what comes once more.
     */
    void assertAllThereInOrder(List<String> published) {
        Map<String, Integer> last = new TreeMap<>();
        for (String id : published) {
            Number next = Number.of(id);
            int before = last.getOrDefault(next.project(), 0);
            assertThat(next.number()).as("after %s-%d", next.project(), before).isLessThanOrEqualTo(before + 1);
            last.put(next.project(), Math.max(before, next.number()));
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(last.get(project(writer))).isGreaterThanOrEqualTo(acknowledged[writer]);
        }
    }

    private void write(int writer) {
        while (!stopped) {
            if (post(writer, acknowledged[writer] + 1)) {
                acknowledged[writer]++;
            }
        }
    }

    private boolean post(int writer, int number) {
        ObjectNode event = Bus.JSON
                .createObjectNode()
                .put("type", "sh.keptn.event.counted")
                .put("specversion", "0.2")
                .put("source", "load")
                .put("id", project(writer) + "-" + number)
                .put("time", Instant.now().toString())
                .put("shkeptncontext", "11111111-1111-4111-8111-11111111111" + writer);
        event.putObject("data").put("project", project(writer)).put("number", number);
        try {
            return broker.post(event) / 100 == 2;
        } catch (IOException killed) {
            return false;
        }
    }

    private static String project(int writer) {
        return "counted" + writer;
    }
}
