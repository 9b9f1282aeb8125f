package org.keptnative.configuration.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever goes wrong in an endpoint into an {@link ApiError}; no stack trace ever leaves the service. */
class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    @ServerExceptionMapper
    Response known(ApiException e) {
        return answer(e.status(), e.getMessage());
    }

    /** Valid JSON of the wrong shape. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return answer(400, "parsing the body failed, because " + e.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException e) {
        return answer(400, "parsing the body failed, because " + e.getOriginalMessage());
    }

    /** What the REST layer itself refuses: unknown path, wrong method, wrong media type, malformed JSON. */
    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        Response refusal = e.getResponse();
        if (refusal.hasEntity()) {
            return refusal;
        }
        return Response.fromResponse(answer(refusal.getStatus(), e.getMessage()))
                .replaceAll(refusal.getHeaders())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        LOG.error("event=request-failed", e);
        return answer(500, "an internal error has occurred; the log of the service has the details");
    }

    static Response answer(int status, String message) {
        return Response.status(status, null)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ApiError(status, message))
                .build();
    }
}
