package org.keptnative.configuration.error;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.keptnative.configuration.git.GitException;

/** Which status a failure of the Git layer becomes. */
public class GitErrors {

    @ServerExceptionMapper
    Response failed(GitException e) {
        return ErrorMappers.answer(status(e.reason()), e.getMessage());
    }

    /** Keptn 0.7 knows no 409 and no 424; whatever an upstream does to a write is a 400 there. */
    public static int status(GitException.Reason reason) {
        return switch (reason) {
            case INVALID, EXISTS, UPSTREAM_UNREACHABLE, UPSTREAM_DECLINED -> 400;
            case NOT_FOUND -> 404;
            case UPSTREAM_DIVERGED -> 409;
            case BUSY, UNAVAILABLE -> 503;
        };
    }
}
