package org.keptnative.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Real files and events, as the tools around Keptn 0.7 send them, from {@code src/test/resources/samples}. */
public final class Samples {

    private Samples() {}

    public static byte[] bytes(String name) {
        try (InputStream sample = Samples.class.getResourceAsStream("/samples/" + name)) {
            return sample.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String base64(String name) {
        return Base64.getEncoder().encodeToString(bytes(name));
    }

    /**
     * An event as JSON, each time under another id: the same one again would be taken for a repeat.
     *
     * @param name one of {@code samples/events}
     * @param values for the placeholders of the sample, for example {@code project}
     */
    public static String event(String name, Map<String, String> values) {
        String event = new String(bytes("events/" + name + ".json"), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> value : values.entrySet()) {
            event = event.replace("${" + value.getKey() + "}", value.getValue());
        }
        return event.replaceFirst("(?m)^  \"id\": \"[^\"]*\"", "  \"id\": \"" + UUID.randomUUID() + "\"");
    }

    /** A name that no other test has, valid for projects, stages and services. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
