package org.keptnative.configuration.upstream;

/** Hides a token in what others say: servers may quote what they were sent. */
record Masking(String token) {

    /** In place of a shorter token, the mask would spoil the text and tell the token at once. */
    private static final int MIN_LENGTH = 4;

    String of(String text) {
        if (token.isEmpty() || !text.contains(token)) {
            return text;
        }
        return token.length() < MIN_LENGTH
                ? "the reason is not shown, since the token is so short"
                : text.replace(token, "********");
    }

    @Override
    public String toString() {
        return "Masking";
    }
}
