package org.keptnative.configuration.encoding;

import org.keptnative.configuration.error.ApiException;

/** Standard base64 with padding, the one encoding in which clients send files. */
public final class Base64Text {

    private Base64Text() {}

    /**
     * @param field what to call the text in an error message
     * @param text may be broken into lines
     * @throws ApiException 400, when the text is anything else than standard base64 with padding
     */
    public static byte[] decode(String field, String text) {
        Base64Decoder decoder = new Base64Decoder();
        decoder.write(text.toCharArray(), 0, text.length());
        return decoder.decoded()
                .orElseThrow(() -> ApiException.badRequest(field + " is not standard base64 with padding"));
    }
}
