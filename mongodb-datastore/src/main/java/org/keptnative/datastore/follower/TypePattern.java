package org.keptnative.datastore.follower;

import java.util.regex.Pattern;

/** A pattern for event types as in a NATS subject: {@code *} is one part between dots, {@code >} one or more at the end. */
public record TypePattern(String text, Pattern pattern) {

    static TypePattern of(String text) {
        StringBuilder regex = new StringBuilder();
        String[] parts = text.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : "\\.")
                    .append(
                            switch (parts[i]) {
                                case "*" -> "[^.]+";
                                case ">" -> ".+";
                                default -> Pattern.quote(parts[i]);
                            });
        }
        return new TypePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String type) {
        return pattern.matcher(type).matches();
    }
}
