package org.keptnative.api.client;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.uritemplate.UriTemplate;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.StreamSupport;

/** The event log, mongodb-datastore. */
@ApplicationScoped
public class Datastore {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String NEW_EVENTS = "New-Events";
    private static final String DEFAULT_FOLLOWER = "configuration-service";

    private final Neighbour neighbour;
    private final Json json;
    private final UriTemplate events;
    private final UriTemplate followers;
    private final EventQueue queue = new EventQueue(this::post);

    Datastore(Vertx vertx, Json json, @ConfigProperty(name = "neighbour.datastore") String uri) {
        this.neighbour = new Neighbour(vertx, "mongodb-datastore", uri, new WebClientOptions());
        this.json = json;
        this.events = neighbour.template("/event");
        this.followers = neighbour.template("/follower");
    }

    /**
     * Completes when the event is durable, with true when it is certain that none was stored under its source and id before.
     *
     * @param event in JSON
     */
    public Uni<Boolean> store(Buffer event) {
        return queue.add(event)
                .ifNoItem()
                .after(patience(event.length()))
                .on(neighbour.eventLoop())
                .fail()
                .onFailure(TimeoutException.class)
                .transform(neighbour::unreachable);
    }

    private Uni<Boolean> post(List<Buffer> list) {
        boolean single = list.size() == 1;
        int bytes = list.stream().mapToInt(Buffer::length).sum();
        var request = neighbour
                .request(HttpMethod.POST, events, timeoutMillis(bytes))
                .putHeader("content-type", "application/cloudevents" + (single ? "" : "-batch") + "+json");
        return neighbour
                .exchangeRepeatable(request, single ? list.get(0) : Json.array(list))
                .map(answer -> Integer.toString(list.size()).equals(answer.getHeader(NEW_EVENTS)));
    }

    /** How long a client waits for an event of so many bytes to be stored, whatever must be asked for that. */
    public static Duration patience(int bytes) {
        return Duration.ofMillis(timeoutMillis(bytes));
    }

    /** A second more for each megabyte. */
    private static int timeoutMillis(int bytes) {
        return TIMEOUT_MILLIS + bytes / 1_000;
    }

    /** Whether events go to others than configuration-service: an event bus, or whatever else is configured. */
    public Uni<Boolean> hasFollowers() {
        return neighbour
                .sendRepeatable(neighbour.request(HttpMethod.GET, followers, TIMEOUT_MILLIS), null)
                .map(body -> StreamSupport.stream(
                                json.read(body).path("followers").spliterator(), false)
                        .anyMatch(follower ->
                                !DEFAULT_FOLLOWER.equals(follower.path("name").textValue())));
    }

    /** A page of the newest events that match all parameters, for example {@code keptnContext} and {@code type}, in JSON. */
    public Uni<Buffer> events(Map<String, String> parameters) {
        return events(parameters, bytes -> true);
    }

    /**
     * The same, or a failure with 503.
     *
     * @param memory whether there is some for so many bytes more
     */
    public Uni<Buffer> events(Map<String, String> parameters, LongPredicate memory) {
        var request = neighbour.request(HttpMethod.GET, events, TIMEOUT_MILLIS);
        parameters.forEach(request::addQueryParam);
        AdmittedBody body = new AdmittedBody(memory);
        return neighbour.sendRepeatable(request.as(body), null).map(body::whole);
    }
}
