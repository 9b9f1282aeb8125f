package org.keptnative.configuration.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.service.ServiceState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Keeps what was read from the database as long as the version of the stage stays the same, which is asked each time. So
 * replicas see what others have written, and what has not changed costs one small question.
 */
@Singleton
// Caffeine finds the implementation by the first letters of what is asked of it.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMWW", "com.github.benmanes.caffeine.cache.PSWMW"})
class HistoryCache {

    /** As long something may be unseen that a crash has kept from getting a version. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** What a service is like in a version of its stage, which is null when nothing ever happened there. */
    private record Known(String version, ServiceState state) {}

    private final HistoryStore store;
    private final HistoryVersions versions;
    private final Cache<ServiceId, Known> known = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / 12)
            .weigher((ServiceId service, Known found) -> 200 + found.state().bytes())
            .expireAfterWrite(MAX_AGE)
            .build();

    HistoryCache(HistoryStore store, HistoryVersions versions) {
        this.store = store;
        this.versions = versions;
    }

    /** As it is now. The version is asked for before the documents, so that these are never older than it says. */
    Map<ServiceId, ServiceState> get(Collection<ServiceId> services) {
        Map<String, Map<String, String>> now =
                versions.of(services.stream().map(ServiceId::project).collect(Collectors.toSet()));
        Map<ServiceId, ServiceState> states = new HashMap<>();
        List<ServiceId> unknown = new ArrayList<>();
        for (ServiceId service : services) {
            Known last = known.getIfPresent(service);
            if (last != null && Objects.equals(last.version(), version(now, service))) {
                states.put(service, last.state());
            } else {
                unknown.add(service);
            }
        }
        Map<ServiceId, ServiceState> read = store.states(unknown);
        for (ServiceId service : unknown) {
            ServiceState state = read.getOrDefault(service, ServiceState.NONE);
            known.put(service, new Known(version(now, service), state));
            states.put(service, state);
        }
        return states;
    }

    /** As it was when it was last read, for a database that does not answer. */
    Map<ServiceId, ServiceState> last(Collection<ServiceId> services) {
        Map<ServiceId, ServiceState> states = new HashMap<>();
        known.getAllPresent(services).forEach((service, last) -> states.put(service, last.state()));
        return states;
    }

    private static String version(Map<String, Map<String, String>> versions, ServiceId service) {
        return versions.getOrDefault(service.project(), Map.of()).get(service.stage());
    }
}
