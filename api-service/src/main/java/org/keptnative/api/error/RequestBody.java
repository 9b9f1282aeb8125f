package org.keptnative.api.error;

/** What a request must have in its body. */
public final class RequestBody {

    private RequestBody() {}

    /** @throws ApiException 400, when there is none */
    public static <T> T required(T body) {
        if (body == null) {
            throw ApiException.badRequest("the request has no body");
        }
        return body;
    }

    /** @throws ApiException 422, when it is missing */
    public static void requireMember(String name, Object value) {
        if (value == null) {
            throw new ApiException(422, name + " in body is required");
        }
    }
}
