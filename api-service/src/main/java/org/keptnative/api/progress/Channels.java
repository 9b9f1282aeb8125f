package org.keptnative.api.progress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings frames to the readers of their context. Clients learn the context before they can connect,
 * so a channel keeps its frames for a while and every reader gets them from the first one on.
 */
@Startup
@ApplicationScoped
class Channels {

    private static final int SWEEP_EVERY_MILLIS = 1_000;

    private final ProgressConfig config;
    private final Clock clock;
    /** By context; the one that was silent longest comes first. */
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    /** Kept in all channels. */
    private int characters;

    @Inject
    Channels(ProgressConfig config, Vertx vertx, MeterRegistry metrics) {
        this(config, Clock.systemUTC());
        vertx.setPeriodic(SWEEP_EVERY_MILLIS, timer -> sweep());
        Gauge.builder("progress.channels", this, Channels::count).register(metrics);
        Gauge.builder("progress.characters", this, Channels::characters).register(metrics);
    }

    Channels(ProgressConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    synchronized void publish(String context, String frame) {
        Channel channel = channels.remove(context);
        if (channel == null) {
            channel = new Channel();
        }
        channels.put(context, channel);
        characters += channel.add(frame, clock.millis(), config.charactersPerChannel());
        for (Channel silentLongest : channels.values()) {
            if (characters <= config.characters()) {
                break;
            }
            characters -= silentLongest.clear();
        }
    }

    synchronized void join(String context, Reader reader) {
        channels.computeIfAbsent(context, name -> new Channel()).join(reader);
    }

    synchronized void leave(String context, Reader reader) {
        Channel channel = channels.get(context);
        if (channel != null) {
            channel.leave(reader);
        }
    }

    synchronized void sweep() {
        long horizon = clock.millis() - config.keepFor().toMillis();
        channels.values().removeIf(channel -> {
            if (channel.isSilentSince(horizon)) {
                characters -= channel.clear();
            }
            return channel.isIdle();
        });
    }

    synchronized int count() {
        return channels.size();
    }

    synchronized int characters() {
        return characters;
    }
}
