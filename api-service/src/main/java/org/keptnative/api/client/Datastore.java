package org.keptnative.api.client;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The event log, mongodb-datastore. */
@ApplicationScoped
public class Datastore {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Neighbour neighbour;
    private final Json json;
    private final UriTemplate events;
    private final EventQueue queue = new EventQueue(this::post);

    Datastore(Vertx vertx, Json json, @ConfigProperty(name = "neighbour.datastore") String uri) {
        this.neighbour = new Neighbour(vertx, "mongodb-datastore", uri, new WebClientOptions());
        this.json = json;
        this.events = neighbour.template("/event");
    }

    /** Completes when the event is durable. */
    public Uni<Void> store(Object event) {
        return queue.add(json.write(event))
                .ifNoItem()
                .after(Duration.ofMillis(TIMEOUT_MILLIS))
                .on(neighbour.eventLoop())
                .fail()
                .onFailure(TimeoutException.class)
                .transform(neighbour::unreachable);
    }

    private Uni<Buffer> post(List<Buffer> list) {
        boolean single = list.size() == 1;
        var request = neighbour
                .request(HttpMethod.POST, events, TIMEOUT_MILLIS)
                .putHeader("content-type", "application/cloudevents" + (single ? "" : "-batch") + "+json");
        return neighbour.send(request, single ? list.get(0) : Json.array(list));
    }

    /** The newest events that match all parameters, for example {@code keptnContext} and {@code type}. */
    public Uni<JsonNode> events(Map<String, String> parameters) {
        var request = neighbour.request(HttpMethod.GET, events, TIMEOUT_MILLIS);
        parameters.forEach(request::addQueryParam);
        return neighbour.send(request, null).map(body -> json.read(body).path("events"));
    }
}
