package org.keptnative.configuration.transport;

/** What may stand in one line of an answer or of the log, though a client has a hand in it. */
final class OneLine {

    private static final int LONGEST = 2000;

    private OneLine() {}

    static String of(String text) {
        String line = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(LONGEST, line.length()));
    }
}
