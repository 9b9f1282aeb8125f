package org.keptnative.configuration.history;

import java.net.URLDecoder;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An event type as the name of a database field, where dots, dollars and control characters have a meaning. */
final class EventTypeKey {

    private EventTypeKey() {}

    static String encode(String type) {
        StringBuilder key = new StringBuilder();
        for (char c : type.toCharArray()) {
            if (c == '.' || c == '$' || c == '%' || c == '+' || c < ' ') {
                key.append("%%%02X".formatted((int) c));
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }

    static String decode(String key) {
        return URLDecoder.decode(key, UTF_8);
    }
}
