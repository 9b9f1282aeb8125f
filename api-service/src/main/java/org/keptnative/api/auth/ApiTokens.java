package org.keptnative.api.auth;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The valid API tokens: those configured and those of a file that may change while the service runs. */
@Startup
@ApplicationScoped
public class ApiTokens {

    private static final Logger LOG = Logger.getLogger(ApiTokens.class);
    private static final int READ_EVERY_MILLIS = 1000;

    private final List<String> configured;
    private final Optional<Path> file;
    private volatile List<byte[]> valid = List.of();

    ApiTokens(AuthConfig config, Vertx vertx) {
        configured = config.tokens().orElse(List.of());
        file = config.tokenFile();
        readAgain();
        if (valid.isEmpty()) {
            throw new IllegalStateException("no API token: set SECRET_TOKEN, or SECRET_TOKEN_FILE to a file with one");
        }
        if (file.isPresent()) {
            // Content is compared rather than a time stamp: a mounted Secret changes by a swapped link.
            vertx.setPeriodic(
                    READ_EVERY_MILLIS,
                    timer -> vertx.executeBlocking(() -> {
                        readAgain();
                        return null;
                    }));
        }
    }

    /** Takes as long for a token that is nearly right as for one that is all wrong. */
    boolean accept(String candidate) {
        // Header bytes arrive as ISO 8859-1 characters.
        byte[] bytes = candidate.getBytes(StandardCharsets.ISO_8859_1);
        boolean accepted = false;
        for (byte[] token : valid) {
            accepted |= MessageDigest.isEqual(bytes, token);
        }
        return accepted;
    }

    /** The valid tokens as keys; the first one signs. Never empty. */
    public List<byte[]> keys() {
        return valid;
    }

    /** A file that is missing, unreadable or empty leaves the tokens as they are: it may be in the middle of a change. */
    private void readAgain() {
        List<String> fromFile = file.map(ApiTokens::lines).orElse(List.of());
        if (file.isPresent() && fromFile.isEmpty() && !valid.isEmpty()) {
            return;
        }
        List<byte[]> read = Stream.concat(fromFile.stream(), configured.stream())
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .distinct()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (!same(read, valid)) {
            valid = read;
            LOG.infof("event=tokens-read count=%d", read.size());
        }
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return some.size() == others.size()
                && Stream.iterate(0, i -> i < some.size(), i -> i + 1)
                        .allMatch(i -> MessageDigest.isEqual(some.get(i), others.get(i)));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            LOG.debugf("event=token-file-unreadable reason=%s", e);
            return List.of();
        }
    }
}
