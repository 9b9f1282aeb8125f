package org.keptnative.datastore.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Turns whatever goes wrong in an endpoint into an {@link ApiError}; no stack trace ever leaves the service. */
class ErrorMappers {

    static final String RETRY_AFTER_SECONDS = "1";

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private static final Map<Integer, String> REFUSALS = Map.of(
            400, "the request is malformed",
            404, "there is nothing at this path",
            405, "the method is not allowed for this path",
            406, "the answer is application/json, which the header Accept excludes",
            413, "the request body is too large",
            415, "the content type is not supported; send application/json or application/cloudevents+json");

    @ServerExceptionMapper
    Response known(ApiException e) {
        return answer(new ApiError(e.status(), e.getMessage(), e.unconfirmed()));
    }

    /** The server has a mapper of its own for the first, which this one takes the place of. */
    @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
    Response unreadable(JsonProcessingException e) {
        return answer(400, JsonErrors.message(e));
    }

    /** What the REST layer itself refuses: unknown path, wrong method, wrong media type, malformed JSON. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json);
        }
        Response refusal = e.getResponse();
        if (refusal.hasEntity()) {
            return refusal;
        }
        int status = refusal.getStatus();
        String message = status == 400 && !isMediaType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                ? "the header Content-Type is no media type, such as application/json"
                : REFUSALS.getOrDefault(status, "the request cannot be answered");
        return Response.fromResponse(answer(status, message))
                .replaceAll(refusal.getHeaders())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static boolean isMediaType(String header) {
        try {
            return header == null || MediaType.valueOf(header) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(ErrorMappers::isClientGone)) {
            LOG.info("event=client-gone");
            return answer(400, "the request was broken off");
        }
        LOG.error("event=request-failed", e);
        return answer(500, "an internal error has occurred; the log of the service has the details");
    }

    private static boolean isClientGone(Throwable e) {
        return e instanceof ClosedChannelException || e instanceof HttpClosedException;
    }

    static Response answer(int status, String message) {
        return answer(new ApiError(status, message));
    }

    private static Response answer(ApiError error) {
        Response.ResponseBuilder answer = Response.status(error.code(), null)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error);
        return error.code() == 503
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : answer.build();
    }
}
