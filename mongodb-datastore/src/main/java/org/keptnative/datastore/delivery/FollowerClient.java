package org.keptnative.datastore.delivery;

import jakarta.inject.Singleton;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts events to followers. */
@Singleton
class FollowerClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http;

    FollowerClient() {
        // HTTP/1.1, since an attempt to upgrade would go along with every request.
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /**
     * What became of a post.
     *
     * @param status the HTTP status; 0 when there was no answer
     * @param reason for a log
     */
    record Answer(int status, String reason) {

        boolean isAccepted() {
            return status >= 200 && status < 300;
        }

        /** The follower does not take this event, now and in all likelihood later. */
        boolean isRefused() {
            return status >= 300 && status < 500;
        }

        boolean isRefusedForGood() {
            return status == 400 || status == 422;
        }
    }

    /** Waits no longer than the timeout, whatever the follower does. */
    Answer post(URI url, String json, Duration timeout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/cloudevents+json")
                .timeout(timeout)
                .POST(BodyPublishers.ofString(json))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return new Answer(status, "status " + status);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer(0, "no answer in " + timeout);
        } catch (ExecutionException e) {
            return new Answer(0, e.getCause().toString());
        }
    }
}
