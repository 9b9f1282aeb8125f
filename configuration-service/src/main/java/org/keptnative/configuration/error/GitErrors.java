package org.keptnative.configuration.error;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitException.Reason;

import java.util.concurrent.ThreadLocalRandom;

/** Which status a failure of the Git layer becomes. */
public class GitErrors {

    @ServerExceptionMapper
    Response failed(GitException e) {
        String retryAfter = e.reason() == Reason.UPSTREAM_SILENT ? silenceSeconds() : ErrorMappers.RETRY_AFTER_SECONDS;
        return ErrorMappers.answer(status(e.reason()), e.getMessage(), retryAfter);
    }

    /** Keptn 0.7 knows no 409 and no 424; whatever an upstream does to a write is a 400 there. */
    public static int status(Reason reason) {
        return switch (reason) {
            case INVALID, EXISTS, UPSTREAM_UNREACHABLE, UPSTREAM_DECLINED -> 400;
            case NOT_FOUND -> 404;
            case UPSTREAM_DIVERGED -> 409;
            case BUSY, UNAVAILABLE, UPSTREAM_SILENT -> 503;
        };
    }

    /**
     * About as long as it takes to learn that an upstream still does not answer: who comes sooner finds nothing new. Spread,
     * lest those who are refused together come together.
     */
    private static String silenceSeconds() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(5, 16));
    }
}
