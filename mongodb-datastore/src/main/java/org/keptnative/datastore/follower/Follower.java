package org.keptnative.datastore.follower;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who wants to be told of events.
 *
 * @param url where events go; it may hold credentials, which nobody may see
 * @param types the events it gets
 * @param timeout how long it may take for one event
 * @param concurrency how many of its projects are served at the same time
 * @param retry what happens to an event that it does not take
 */
public record Follower(String name, URI url, List<TypePattern> types, Duration timeout, int concurrency, Retry retry) {

    /**
     * When an event is tried again.
     *
     * @param firstPause after the first failure; it doubles with every further one
     * @param longestPause the longest pause between two tries
     * @param tries how often an event may fail while the follower takes others, before it is parked
     */
    public record Retry(Duration firstPause, Duration longestPause, int tries) {}

    boolean wants(String type) {
        return types.stream().anyMatch(pattern -> pattern.matches(type));
    }

    /** Its URL without credentials, for whoever connects. */
    public URI address() {
        return URI.create(url.toString().replaceFirst("^([^:/]+://)[^/?#]*@", "$1"));
    }

    /** What stands before the @ in the URL, decoded. */
    public Optional<String> credentials() {
        return Optional.ofNullable(url.getUserInfo());
    }

    /** Its URL as anyone may see it. */
    public String maskedUrl() {
        return url.toString().replaceFirst("^([^:/]+://)[^/?#]*@", "$1***@");
    }

    @Override
    public String toString() {
        return name + " at " + maskedUrl();
    }
}
