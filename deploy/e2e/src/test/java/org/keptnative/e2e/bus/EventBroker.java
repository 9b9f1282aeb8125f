package org.keptnative.e2e.bus;

import com.fasterxml.jackson.databind.JsonNode;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Where services post their events: {@code http://event-broker/keptn} in a cluster. */
final class EventBroker {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI datastore;

    EventBroker(Installation installation) {
        datastore = installation.mongodbDatastoreUrl();
    }

    /** @return the status of the answer */
    int post(JsonNode event) throws IOException {
        return post("/keptn", event.toString());
    }

    /** The way of an original distributor. */
    int redeliver(String event) throws IOException {
        return post("/event", event);
    }

    private int post(String path, String event) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(datastore.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
