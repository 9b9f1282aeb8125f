package org.keptnative.api.progress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the frames of {@link FrameStore} to those who listen here. Clients learn the context before they can connect, so
 * every reader gets the frames from the first one on.
 */
@Startup
@ApplicationScoped
class Channels {

    private static final Logger LOG = Logger.getLogger(Channels.class);
    private static final int LOOK_EVERY_MILLIS = 200;
    private static final int FORGET_EVERY_MILLIS = 10_000;
    /** Asked for together. */
    private static final int CONTEXTS = 100;

    private final FrameStore frames;
    private final Outbox outbox;
    private final Map<String, Channel> channels = new HashMap<>();
    private boolean looking;
    private boolean lookAgain;

    Channels(FrameStore frames, Outbox outbox, Vertx vertx, MeterRegistry metrics) {
        this.frames = frames;
        this.outbox = outbox;
        vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> look());
        vertx.setPeriodic(FORGET_EVERY_MILLIS, timer -> forget());
        Gauge.builder("progress.channels", this, Channels::count).register(metrics);
        Gauge.builder("progress.characters", outbox, Outbox::characters).register(metrics);
    }

    /** Completes when the frame is stored. */
    Uni<Void> publish(String context, String frame, String key) {
        Uni<Void> stored = outbox.add(context, frame, key);
        stored.subscribe().with(done -> look(), failure -> {});
        return stored;
    }

    void join(String context, Reader reader) {
        synchronized (this) {
            channels.computeIfAbsent(context, name -> new Channel()).join(reader);
        }
        look();
    }

    synchronized void leave(String context, Reader reader) {
        Channel channel = channels.get(context);
        if (channel != null) {
            channel.leave(reader);
            if (channel.isIdle()) {
                channels.remove(context);
            }
        }
    }

    synchronized int count() {
        return channels.size();
    }

    private synchronized Map<String, Long> positions() {
        return channels.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, channel -> channel.getValue().position()));
    }

    private void forget() {
        slices(positions())
                .map(frames::keep)
                .reduce(Uni.createFrom().voidItem(), (all, next) -> all.chain(() -> next))
                .chain(frames::forget)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("event=frames-not-forgotten reason=%s", failure));
    }

    /** One question at a time, so that readers hear the answers in their order. */
    private void look() {
        Map<String, Long> positions;
        synchronized (this) {
            lookAgain = looking;
            if (looking || channels.isEmpty()) {
                return;
            }
            looking = true;
            positions = positions();
        }
        Uni<List<FrameStore.Stored>> found = Uni.join()
                .all(slices(positions).map(frames::after).toList())
                .andFailFast()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
        found.subscribe().with(this::deliver, failure -> {
            LOG.debugf("event=frames-unread reason=%s", failure);
            looked(false);
        });
    }

    private void deliver(List<FrameStore.Stored> found) {
        synchronized (this) {
            found.stream()
                    .filter(frame -> channels.containsKey(frame.context()))
                    .forEach(frame -> channels.get(frame.context()).deliver(frame));
        }
        looked(!found.isEmpty());
    }

    private void looked(boolean mayHaveMore) {
        boolean again;
        synchronized (this) {
            looking = false;
            again = lookAgain || mayHaveMore;
        }
        if (again) {
            look();
        }
    }

    private static Stream<Map<String, Long>> slices(Map<String, Long> positions) {
        Iterator<Map.Entry<String, Long>> all = positions.entrySet().iterator();
        return Stream.generate(() -> {
                    Map<String, Long> slice = new HashMap<>();
                    while (all.hasNext() && slice.size() < CONTEXTS) {
                        Map.Entry<String, Long> next = all.next();
                        slice.put(next.getKey(), next.getValue());
                    }
                    return slice;
                })
                .takeWhile(slice -> !slice.isEmpty());
    }
}
