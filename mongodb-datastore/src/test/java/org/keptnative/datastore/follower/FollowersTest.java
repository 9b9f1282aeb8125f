package org.keptnative.datastore.follower;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FollowersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATASTORE_FOLLOWERS_EVENT_BROKER_",
                "DATASTORE_FOLLOWERS__EVENT_BROKER__",
                "DATASTORE_FOLLOWERS__EVENT_BROKER_",
                "datastore.followers.event-broker.",
                "datastore.followers.\"event-broker\"."
            })
    void a_name_may_be_written_in_any_form(String prefix) {
        Follower follower = followers(Map.of(
                        prefix + (prefix.startsWith("D") ? "URL" : "url"), "broker/x",
                        prefix + (prefix.startsWith("D") ? "TYPES" : "types"), "a.*, b",
                        prefix + (prefix.startsWith("D") ? "LONGEST_PAUSE" : "longest-pause"), "3s"))
                .get("event-broker")
                .orElseThrow();
        assertThat(follower.url()).isEqualTo(URI.create("http://broker/x"));
        assertThat(follower.wants("a.x")).isTrue();
        assertThat(follower.wants("b")).isTrue();
        assertThat(follower.wants("c")).isFalse();
        assertThat(follower.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(follower.retry().longestPause()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void the_stronger_source_wins_and_a_follower_can_be_taken_out() {
        Map<String, String> file = Map.of(
                "datastore.followers.my-own.url", "http://weak",
                "datastore.followers.my-own.types", ">",
                "datastore.followers.other.url", "http://other",
                "datastore.followers.other.types", ">");
        Map<String, String> variables =
                Map.of("DATASTORE_FOLLOWERS_MY_OWN_URL", "http://strong", "DATASTORE_FOLLOWERS_OTHER_ENABLED", "false");
        Followers followers = new Followers(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(file, "file", 250), new EnvConfigSource(variables, 300))
                .build());
        assertThat(followers.names()).containsExactly("my-own");
        assertThat(followers.get("my-own").orElseThrow().url()).isEqualTo(URI.create("http://strong"));
    }

    @ParameterizedTest
    @CsvSource({
        "URL, '', datastore.followers.bad-one.url is missing",
        "URL, http://me:SECRET@ho st, 'datastore.followers.bad-one.url must be'",
        "URL, ftp://host, datastore.followers.bad-one.url must be",
        "URL, nats://host:99999, datastore.followers.bad-one.url must be",
        "URL, 'nats://one:4222,two:4222', as a variable: DATASTORE_FOLLOWERS_BAD_ONE_URL",
        "TYPES, '', datastore.followers.bad-one.types is missing",
        "TIMEOUT, soon, datastore.followers.bad-one.timeout is no duration",
        "TIMEOUT, 0s, datastore.followers.bad-one.timeout must be above zero",
        "CONCURRENCY, 0, datastore.followers.bad-one.concurrency must be 1 or more",
        "CONCURRENCY, few, datastore.followers.bad-one.concurrency is no integer",
        "COLOUR, red, bad.one.colour"
    })
    void what_is_wrong_is_said_with_the_name_and_without_secrets(String setting, String value, String message) {
        Map<String, String> variables = new HashMap<>(
                Map.of("DATASTORE_FOLLOWERS_BAD_ONE_URL", "host", "DATASTORE_FOLLOWERS_BAD_ONE_TYPES", ">"));
        variables.put("DATASTORE_FOLLOWERS_BAD_ONE_" + setting, value);
        assertThatThrownBy(() -> followers(variables))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void a_bus_gets_every_type_unless_told_otherwise() {
        Follower follower = followers(Map.of("DATASTORE_FOLLOWERS_BUS_URL", "nats://host"))
                .get("bus")
                .orElseThrow();

        assertThat(follower.wants("anything.at.all")).isTrue();
    }

    @Test
    void credentials_are_masked() {
        Follower follower = followers(Map.of(
                        "DATASTORE_FOLLOWERS_BUS_URL", "nats://me:SECRET@host:4222",
                        "DATASTORE_FOLLOWERS_BUS_TYPES", ">"))
                .get("bus")
                .orElseThrow();
        assertThat(follower).hasToString("bus at nats://***@host:4222");
    }

    private static Followers followers(Map<String, String> settings) {
        return new Followers(new SmallRyeConfigBuilder()
                .withSources(
                        settings.keySet().iterator().next().startsWith("D")
                                ? new EnvConfigSource(settings, 300)
                                : new PropertiesConfigSource(settings, "file", 250))
                .build());
    }
}
