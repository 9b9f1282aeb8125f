package org.keptnative.datastore.delivery;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a follower says with a refusal, as a person may read it: the message of a JSON error, or a plain text. */
final class RefusalText {

    private static final int MOST_BYTES = 4_096;
    private static final int MOST_CHARACTERS = 300;
    private static final String MASK = "***";

    /** A JWT, such as each event has for those who report progress. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private RefusalText() {}

    /**
     * Of an answer that is a success, it is empty.
     *
     * @param credentials that are sent along, as {@code user:password}; empty for none
     */
    static BodyHandler<String> reader(String credentials) {
        return answer -> {
            if (answer.statusCode() < 300) {
                return BodySubscribers.replacing("");
            }
            String contentType = answer.headers().firstValue("Content-Type").orElse("");
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            return BodySubscribers.mapping(
                    BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(
                            bytes -> kept.write(bytes, 0, Math.min(bytes.length, MOST_BYTES - kept.size())))),
                    end -> of(contentType, kept.toString(UTF_8), credentials));
        };
    }

    static String of(String contentType, String body, String credentials) {
        String text = mask(words(contentType, body), credentials)
                .replaceAll("[\\p{C}\\s]+", " ")
                .strip();
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, MOST_CHARACTERS - (splits ? 1 : 0)) + "…";
    }

    private static String words(String contentType, String body) {
        if (contentType.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            return body;
        }
        try {
            return contentType.toLowerCase(Locale.ROOT).contains("json")
                            && new JsonObject(body).getValue("message") instanceof String message
                    ? message
                    : "";
        } catch (DecodeException e) {
            return ""; // no JSON object, or a long one
        }
    }

    private static String mask(String text, String credentials) {
        String masked = TOKEN.matcher(text).replaceAll(MASK);
        if (credentials.isEmpty()) {
            return masked;
        }
        String password = credentials.substring(credentials.indexOf(':') + 1);
        masked = masked.replace(Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)), MASK)
                .replace(credentials, MASK);
        return password.isEmpty() ? masked : masked.replace(password, MASK);
    }
}
