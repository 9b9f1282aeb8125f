package org.keptnative.datastore.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.keptnative.datastore.follower.Follower;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Publishes events on NATS: the subject is the type, the message the event in structured mode. All are written at once, then
 * the server has to confirm them: by the answer to a ping, which comes after all that was sent before it, or by the
 * acknowledgement of JetStream where a stream covers the subject.
 */
final class NatsSender implements Sender {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STREAMS_MAY_CHANGE = Duration.ofSeconds(30);

    /** Parts between dots, without blanks, control characters and wildcards; what begins with a dollar is NATS's own. */
    private static final Pattern SUBJECT =
            Pattern.compile("(?!\\$|_INBOX\\.)[^\\s\\p{Cntrl}.*>]+(\\.[^\\s\\p{Cntrl}.*>]+)*");

    /** In bytes. NATS takes lines of 4 096, which hold some numbers and the address for the answer as well. */
    private static final int LONGEST_SUBJECT = 3_500;

    private final Follower follower;
    private final Cache<String, Boolean> inStream = Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfterWrite(STREAMS_MAY_CHANGE)
            .build();
    private Connection connection;

    NatsSender(Follower follower) {
        this.follower = follower;
    }

    @Override
    public int most() {
        return 100;
    }

    /** Never asked: it does not tell a message that broke the connection from others. */
    @Override
    public boolean isAnswered() {
        return false;
    }

    @Override
    public List<Answer> send(List<Waiting.Event> events) throws InterruptedException {
        Connection current;
        try {
            current = connection();
        } catch (IOException e) {
            return all(events, Answer.unreachable("NATS does not answer, or refuses the credentials"));
        }
        try {
            return publish(current, events);
        } catch (IOException | TimeoutException | IllegalStateException e) {
            // What is still in its buffers must not go out after what is sent later.
            close(current);
            return all(events, Answer.unreachable("NATS has not confirmed in " + follower.timeout()));
        }
    }

    private List<Answer> publish(Connection current, List<Waiting.Event> events)
            throws IOException, InterruptedException, TimeoutException {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Waiting.Event event : events) {
            answers.add(publish(current, event));
        }
        current.flush(follower.timeout());
        // On a connection that is lost, the client's flush returns as if all were well.
        if (current.getStatus() != Connection.Status.CONNECTED) {
            throw new IOException("the connection was lost");
        }
        List<Answer> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            all.add(confirmed(current, EventHead.of(events.get(i).json()).type(), answers.get(i)));
        }
        return all;
    }

    private CompletableFuture<Answer> publish(Connection current, Waiting.Event event)
            throws IOException, InterruptedException {
        String subject = EventHead.of(event.json()).type();
        byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
        if (!SUBJECT.matcher(subject).matches()) {
            return CompletableFuture.completedFuture(Answer.refused("its type is no subject of NATS"));
        }
        if (subject.getBytes(StandardCharsets.UTF_8).length > LONGEST_SUBJECT) {
            return CompletableFuture.completedFuture(Answer.refused(
                    "its type is longer than the %d bytes that a subject of NATS may have".formatted(LONGEST_SUBJECT)));
        }
        if (body.length > current.getMaxPayload()) {
            return CompletableFuture.completedFuture(
                    Answer.refused("larger than the %d bytes that NATS takes".formatted(current.getMaxPayload())));
        }
        if (!isInStream(current, subject)) {
            current.publish(subject, body);
            return CompletableFuture.completedFuture(Answer.ACCEPTED);
        }
        Headers headers = new Headers().put("Nats-Msg-Id", event.waiting().key());
        CompletableFuture<PublishAck> stored = current.jetStream().publishAsync(subject, headers, body);
        return stored.handle(
                (ack, failure) -> failure == null ? Answer.ACCEPTED : Answer.failed("JetStream has not stored it"));
    }

    private Answer confirmed(Connection current, String subject, CompletableFuture<Answer> answer)
            throws InterruptedException, TimeoutException {
        String error = current.getLastError();
        if (error != null && error.contains('"' + subject + '"')) {
            current.clearLastError();
            return Answer.failed("NATS does not permit this subject");
        }
        try {
            return answer.get(follower.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isInStream(Connection current, String subject) {
        if (!current.getServerInfo().isJetStreamAvailable()) {
            return false;
        }
        Boolean known = inStream.getIfPresent(subject);
        if (known == null) {
            try {
                known = !current.jetStreamManagement().getStreamNames(subject).isEmpty();
            } catch (JetStreamApiException | IOException e) {
                return false; // this account has none, may not ask, or not yet; then the ping has to do
            }
            inStream.put(subject, known);
        }
        return known;
    }

    private synchronized Connection connection() throws IOException, InterruptedException {
        if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
            close();
            connection = Nats.connect(options());
        }
        return connection;
    }

    /** A connection that is lost stays so: the client's own would send again later what had been in its buffers. */
    private Options options() {
        Options.Builder options = Options.builder()
                .server(follower.address().toString())
                .connectionName("keptn-native mongodb-datastore")
                .connectionTimeout(CONNECT_TIMEOUT)
                .noReconnect()
                // Each project's flush is a ping. Above the default of two, the client calls the connection bad,
                // and the flush done.
                .maxPingsOut(Integer.MAX_VALUE)
                .errorListener(new ErrorListener() {}); // the answers say what is wrong
        follower.credentials().ifPresent(credentials -> {
            int colon = credentials.indexOf(':');
            if (colon < 0) {
                options.token(credentials.toCharArray());
            } else {
                options.userInfo(
                        credentials.substring(0, colon).toCharArray(),
                        credentials.substring(colon + 1).toCharArray());
            }
        });
        return options.build();
    }

    private static List<Answer> all(List<Waiting.Event> events, Answer answer) {
        return events.stream().map(event -> answer).toList();
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            close(connection);
            connection = null;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
