package org.keptnative.configuration.git;

import java.nio.charset.Charset;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Text in UTF-8, unless a byte order mark says otherwise, as PowerShell writes it. */
public final class MarkedText {

    private static final String MARK = "\ufeff";

    private MarkedText() {}

    /** @return the text without its mark */
    public static String decode(byte[] bytes) {
        for (Charset charset : new Charset[] {UTF_8, UTF_16LE, UTF_16BE}) {
            byte[] mark = MARK.getBytes(charset);
            if (startsWith(bytes, mark)) {
                return new String(bytes, mark.length, bytes.length - mark.length, charset);
            }
        }
        return new String(bytes, UTF_8);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
