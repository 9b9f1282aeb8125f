package org.keptnative.datastore.follower;

import jakarta.inject.Singleton;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All followers, by name. */
@Singleton
public class Followers {

    private final Map<String, Follower> byName = new TreeMap<>();

    Followers(FollowerConfig config) {
        config.byName().forEach((name, entry) -> {
            if (entry.enabled()) {
                byName.put(name, follower(name, entry));
            }
        });
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Collection<Follower> all() {
        return byName.values();
    }

    /** The names of those who want events of that type. */
    public Set<String> of(String type) {
        return byName.values().stream()
                .filter(follower -> follower.wants(type))
                .map(Follower::name)
                .collect(Collectors.toSet());
    }

    private static Follower follower(String name, FollowerConfig.Entry entry) {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) { // it becomes a field's name in the database
            throw new IllegalArgumentException(
                    "datastore.followers: the name '%s' is not made of a-z, 0-9 and '-'".formatted(name));
        }
        String url = entry.url().contains("://") ? entry.url() : "http://" + entry.url();
        List<TypePattern> types = entry.types().stream().map(TypePattern::of).toList();
        return new Follower(name, URI.create(url), types);
    }
}
