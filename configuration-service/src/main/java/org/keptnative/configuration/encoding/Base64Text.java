package org.keptnative.configuration.encoding;

import org.keptnative.configuration.error.ApiException;

import java.util.Base64;

/** Standard base64 with padding, the one encoding in which clients send files. */
public final class Base64Text {

    private Base64Text() {}

    /**
     * @param field what to call the text in an error message
     * @param text may be broken into lines
     * @throws ApiException 400, when the text is anything else than standard base64 with padding
     */
    public static byte[] decode(String field, String text) {
        String joined = text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\r", "").replace("\n", "");
        try {
            // Java's decoder alone would also take a text without its padding.
            if (joined.length() % 4 == 0) {
                return Base64.getDecoder().decode(joined);
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw ApiException.badRequest(field + " is not standard base64 with padding");
    }
}
