package org.keptnative.datastore.delivery;

import org.keptnative.datastore.follower.Follower;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts events to a URL. */
final class HttpSender implements Sender {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** These say something of the follower or of the moment, not of the event. */
    private static final Set<Integer> FOR_NOW = Set.of(401, 403, 404, 408, 421, 425, 429);

    /** What is between here and a follower says these when there is none. */
    private static final Set<Integer> ON_THE_WAY = Set.of(502, 503, 504);

    // HTTP/1.1, since an attempt to upgrade would go along with every request.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    private final Follower follower;

    HttpSender(Follower follower) {
        this.follower = follower;
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public List<Answer> send(List<Waiting.Event> events) throws InterruptedException {
        return List.of(post(events.get(0).json()));
    }

    /** By HEAD, which changes nothing, whatever the follower thinks of it. */
    @Override
    public boolean isAnswered() throws InterruptedException {
        try {
            HttpRequest head = request().method("HEAD", BodyPublishers.noBody()).build();
            return !ON_THE_WAY.contains(
                    http.send(head, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(follower.address()).timeout(follower.timeout());
        follower.credentials()
                .ifPresent(credentials -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
        return request;
    }

    private Answer post(String json) throws InterruptedException {
        HttpRequest.Builder request =
                request().header("Content-Type", "application/cloudevents+json").POST(BodyPublishers.ofString(json));
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request.build(), RefusalText.reader(follower.credentials().orElse("")));
        try {
            return answer(answer.get(follower.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Answer.failed("no answer in " + follower.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException
                    ? Answer.unreachable("no connection")
                    : Answer.broken("the connection ended before an answer");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        String reason = "status " + status + (response.body().isEmpty() ? "" : ": " + response.body());
        if (status >= 200 && status < 300) {
            return Answer.ACCEPTED;
        }
        return status >= 400 && status < 500 && !FOR_NOW.contains(status)
                ? Answer.refused(reason)
                : Answer.failed(reason);
    }

    @Override
    public void close() {
        // Connections end by themselves when they are idle.
    }
}
