package org.keptnative.api.auth;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The valid API tokens: those configured and those of a file that may change while the service runs. */
@Startup
@ApplicationScoped
public class ApiTokens {

    private static final Logger LOG = Logger.getLogger(ApiTokens.class);
    private static final int READ_EVERY_MILLIS = 1000;
    private static final int SHORT = 16;
    private static final String HMAC = "HmacSHA256";
    private static final Pattern UNUSABLE = Pattern.compile("[\\s\\p{Cntrl}]");

    private final List<String> configured;
    private final Optional<Path> file;
    private volatile List<byte[]> valid = List.of();
    private boolean fileWasEmpty;

    @Inject
    ApiTokens(AuthConfig config, Vertx vertx) {
        this(config);
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

    ApiTokens(AuthConfig config) {
        configured = config.tokens().orElse(List.of());
        file = config.tokenFile();
        read(configured, ApiTokens::refuse);
        read(file.map(ApiTokens::lines).orElse(List.of()), ApiTokens::refuse);
        readAgain();
        if (valid.isEmpty()) {
            throw new IllegalStateException("no API token: set SECRET_TOKEN, or SECRET_TOKEN_FILE to a file with one");
        }
        if (valid.stream().anyMatch(token -> token.length < SHORT)) {
            LOG.warnf("event=token-short: an API token has less than %d characters and may be guessed", SHORT);
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

    /** The valid tokens as keys; the first one signs. Empty when the last token was revoked. */
    public List<byte[]> keys() {
        return valid;
    }

    /** Keys derived from the tokens, in the same order: who knows one learns neither the token nor other keys of it. */
    public List<byte[]> keysFor(String purpose) {
        return valid.stream().map(token -> derived(token, purpose)).toList();
    }

    private static byte[] derived(byte[] token, String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(token, HMAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file that is gone or empty may be in the middle of a change; when it still is at the next look, it is meant. */
    void readAgain() {
        List<String> fromFile = file.map(ApiTokens::lines).orElse(List.of());
        if (file.isPresent() && fromFile.isEmpty() && !fileWasEmpty) {
            fileWasEmpty = true;
            if (!valid.isEmpty()) {
                return;
            }
        } else {
            fileWasEmpty = fromFile.isEmpty();
        }
        List<byte[]> read =
                read(Stream.concat(fromFile.stream(), configured.stream()).toList(), ApiTokens::ignore);
        if (!same(read, valid)) {
            valid = read;
            LOG.infof("event=tokens-read count=%d", read.size());
        }
    }

    private static List<byte[]> read(List<String> tokens, Consumer<String> unusable) {
        Predicate<String> usable = token -> !UNUSABLE.matcher(token).find();
        List<String> stripped = tokens.stream()
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .distinct()
                .toList();
        stripped.stream().filter(usable.negate()).forEach(unusable);
        return stripped.stream()
                .filter(usable)
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** No client could send it. */
    private static void refuse(String token) {
        throw new IllegalStateException("an API token in SECRET_TOKEN or SECRET_TOKEN_FILE has a blank, a line break or"
                + " another control character inside; several are separated by commas, in the file by lines");
    }

    private static void ignore(String token) {
        LOG.warn("event=token-unusable: a line of the token file has a blank or a control character inside");
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
