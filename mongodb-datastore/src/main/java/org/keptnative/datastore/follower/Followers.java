package org.keptnative.datastore.follower;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All followers, by name. */
@Singleton
public class Followers {

    private static final Set<String> SCHEMES = Set.of("http", "https", "nats", "tls");

    /** Whoever listens there chooses by the subject. */
    private static final Set<String> BUSES = Set.of("nats", "tls");

    private static final int HIGHEST_PORT = 65_535;

    private final Map<String, Follower> byName = new TreeMap<>();

    @Inject
    Followers(Config config) {
        SmallRyeConfig conversions = config.unwrap(SmallRyeConfig.class);
        FollowerSettings.read(config).forEach((name, values) -> {
            Settings settings = new Settings(name, values, conversions);
            if (settings.get("enabled", Boolean.class, true)) {
                byName.put(name, settings.follower());
            }
        });
    }

    /** Before whatever works with followers, so that what is wrong with them is said once and is the last word. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent started) {
        // Making this bean has read them.
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Collection<Follower> all() {
        return byName.values();
    }

    public Optional<Follower> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of those who want events of that type. */
    public Set<String> of(String type) {
        return byName.values().stream()
                .filter(follower -> follower.wants(type))
                .map(Follower::name)
                .collect(Collectors.toSet());
    }

    /** What is configured for one follower; whatever is wrong is said with its name. */
    private record Settings(String name, Map<String, ConfigValue> values, SmallRyeConfig conversions) {

        Follower follower() {
            URI url = url();
            return new Follower(
                    name,
                    url,
                    Arrays.stream(get("types", String.class, BUSES.contains(url.getScheme()) ? ">" : null)
                                    .split(","))
                            .map(String::trim)
                            .map(TypePattern::of)
                            .toList(),
                    duration("timeout", "60s"),
                    number("concurrency", 8),
                    new Follower.Retry(
                            duration("first-pause", "200ms"), duration("longest-pause", "1m"), number("tries", 10)));
        }

        private URI url() {
            String text = get("url", String.class, null);
            try {
                URI url = URI.create(text.contains("://") ? text : "http://" + text);
                if (SCHEMES.contains(url.getScheme()) && url.getHost() != null && url.getPort() <= HIGHEST_PORT) {
                    return url;
                }
            } catch (IllegalArgumentException e) {
                // Its message would show credentials.
            }
            throw wrong("url", "must be an http, https, nats or tls URL with one host");
        }

        private Duration duration(String setting, String byDefault) {
            Duration value = get(setting, Duration.class, DurationConverter.parseDuration(byDefault));
            if (value.isNegative() || value.isZero()) {
                throw wrong(setting, "must be above zero");
            }
            return value;
        }

        private int number(String setting, int byDefault) {
            int value = get(setting, Integer.class, byDefault);
            if (value < 1) {
                throw wrong(setting, "must be 1 or more");
            }
            return value;
        }

        private <T> T get(String setting, Class<T> type, T byDefault) {
            ConfigValue value = values.get(setting);
            if (value == null || value.getValue() == null || value.getValue().isBlank()) {
                if (byDefault == null) {
                    throw wrong(setting, "is missing");
                }
                return byDefault;
            }
            try {
                String text = value.getValue().trim();
                return type == Duration.class
                        ? type.cast(DurationConverter.parseDuration(text))
                        : conversions.requireConverter(type).convert(text);
            } catch (IllegalArgumentException e) {
                throw wrong(setting, "is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
            }
        }

        private ConfigurationException wrong(String setting, String what) {
            String property = "datastore.followers.%s.%s".formatted(name, setting);
            return new ConfigurationException("follower '%s': %s %s (as a variable: %s)"
                    .formatted(
                            name,
                            property,
                            what,
                            property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)));
        }
    }
}
