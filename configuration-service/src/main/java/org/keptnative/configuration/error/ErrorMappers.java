package org.keptnative.configuration.error;

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

    /** With a 503: what stands in the way is mostly over soon. */
    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private static final Map<Integer, String> REFUSALS = Map.of(
            404, "there is nothing at this path",
            405, "this path does not know the method; the header Allow has those it knows",
            406, "the answer is application/json, which the header Accept excludes",
            415, "the content type must be application/json or application/cloudevents+json");

    @ServerExceptionMapper
    Response known(ApiException e) {
        return answer(e.status(), e.getMessage());
    }

    @ServerExceptionMapper
    Response refused(BodyRefused e) {
        return answer(e.status(), e.getMessage());
    }

    /** Of its own, since the framework has a mapper for just this class. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return malformed(e);
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e) {
        return answer(400, BadJson.describe(e));
    }

    /** What the REST layer itself refuses: unknown path, wrong method, wrong media type, malformed JSON. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        Response refusal = e.getResponse();
        if (refusal.hasEntity()) {
            return refusal;
        }
        int status = refusal.getStatus();
        String message = status == 400 && !isMediaType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                ? "the header Content-Type is no media type, such as application/json"
                : REFUSALS.getOrDefault(status, e.getMessage());
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
        return answer(status, message, RETRY_AFTER_SECONDS);
    }

    /** @param retryAfter seconds; said with a 503 only */
    static Response answer(int status, String message, String retryAfter) {
        return Response.status(status, null)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ApiError(status, message))
                .header(HttpHeaders.RETRY_AFTER, status == 503 ? retryAfter : null)
                .build();
    }
}
