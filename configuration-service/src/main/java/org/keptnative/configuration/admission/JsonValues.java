package org.keptnative.configuration.admission;

/** Counts the values and names of a JSON text, as it comes, by what stands before them. */
final class JsonValues {

    private long count;
    private boolean isInString;
    private boolean isEscaped;

    void read(byte[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            byte c = text[i];
            if (isInString) {
                isInString = c != '"' || isEscaped;
                isEscaped = c == '\\' && !isEscaped;
            } else if (c == '"') {
                isInString = true;
            } else if (c == ',' || c == ':' || c == '[' || c == '{') {
                count++;
            }
        }
    }

    long count() {
        return count;
    }
}
