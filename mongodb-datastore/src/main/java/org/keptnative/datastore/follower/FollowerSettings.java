package org.keptnative.datastore.follower;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of the followers. A follower's name may have dashes, which an environment variable can only show as
 * underscores; so keys are compared without regard to case and to what separates their words.
 */
final class FollowerSettings {

    private static final String PREFIX = "datastore-followers-";

    /** No name is the end of another. */
    static final List<String> KNOWN =
            List.of("url", "types", "enabled", "timeout", "concurrency", "first-pause", "longest-pause", "tries");

    private FollowerSettings() {}

    /** The settings by the names of the followers. */
    static Map<String, Map<String, ConfigValue>> read(Config config) {
        Map<String, Map<String, ConfigValue>> byFollower = new TreeMap<>();
        for (String property : config.getPropertyNames()) {
            String key = words(property);
            if (key.startsWith(PREFIX)) {
                String setting = setting(key, property);
                String follower = key.substring(PREFIX.length(), key.length() - setting.length() - 1);
                byFollower
                        .computeIfAbsent(follower, name -> new HashMap<>())
                        .merge(setting, config.getConfigValue(property), FollowerSettings::stronger);
            }
        }
        return byFollower;
    }

    private static String setting(String key, String property) {
        return KNOWN.stream()
                .filter(known -> key.length() > PREFIX.length() + known.length() + 1 && key.endsWith("-" + known))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "'%s' is no setting of a follower: datastore.followers.NAME.SETTING with one of %s"
                                .formatted(property, KNOWN)));
    }

    private static String words(String property) {
        return property.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private static ConfigValue stronger(ConfigValue one, ConfigValue other) {
        return other.getSourceOrdinal() > one.getSourceOrdinal() ? other : one;
    }
}
