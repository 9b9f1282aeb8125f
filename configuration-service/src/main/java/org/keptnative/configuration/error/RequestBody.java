package org.keptnative.configuration.error;

/** A body that is missing altogether, or the JSON literal {@code null}, arrives as null. */
public final class RequestBody {

    private RequestBody() {}

    /** @throws ApiException 400, when there is none */
    public static <T> T required(T body) {
        if (body == null) {
            throw ApiException.badRequest("the request has no body");
        }
        return body;
    }
}
