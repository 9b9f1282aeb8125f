package org.keptnative.configuration.resource;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers that carry an entity tag. */
final class Answers {

    private Answers() {}

    static <T> RestResponse<T> read(Tagged<T> found, String ifNoneMatch) {
        boolean known = new Preconditions(null, ifNoneMatch).isKnown(found.tag());
        ResponseBuilder<T> answer =
                known ? ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED) : ResponseBuilder.ok(found.body());
        return answer.header("ETag", quoted(found.tag())).build();
    }

    static RestResponse<Version> written(Tagged<Version> result) {
        return ResponseBuilder.create(RestResponse.Status.CREATED, result.body())
                .header("ETag", quoted(result.tag()))
                .build();
    }

    private static String quoted(String tag) {
        return '"' + tag + '"';
    }
}
