package org.keptnative.configuration.transport;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.keptnative.configuration.error.EarlyRefusals;

import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Git's protocol over HTTP. Its bodies are streamed, which the endpoints of the REST layer do not do in both directions
 * with a bound on how long a client may keep them waiting.
 */
@ApplicationScoped
public class TransportRoutes {

    /** Before the name of a project. */
    public static final String ROOT = "/git/";

    private static final String PROJECT = "^" + ROOT + "(?<project>[^/]+?)(?:\\.git)?/";

    private final TransportConfig config;
    private final GitRequests requests;

    TransportRoutes(TransportConfig config, GitRequests requests) {
        this.config = config;
        this.requests = requests;
    }

    void register(@Observes Router router) {
        router.routeWithRegex(PROJECT + "info/refs$")
                .order(Integer.MIN_VALUE + 2)
                .handler(this::refs);
        router.routeWithRegex(PROJECT + "(?<service>git-upload-pack|git-receive-pack)$")
                .order(Integer.MIN_VALUE + 2)
                .handler(this::service);
    }

    private void refs(RoutingContext context) {
        GitService service = GitService.of(context.request().getParam("service"));
        if (!isMethod(context, HttpMethod.GET)) {
            return;
        }
        if (service == null) {
            refuse(context, 403, "the parameter service must be git-upload-pack or git-receive-pack");
        } else if (isAllowed(context, service)) {
            requests.advertise(context, project(context), service);
        }
    }

    private void service(RoutingContext context) {
        GitService service = GitService.of(context.pathParam("service"));
        if (!isMethod(context, HttpMethod.POST) || !isAllowed(context, service)) {
            return;
        }
        String type = Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("");
        if (!service.mediaType("request").equals(type.split(";")[0].strip())) {
            refuse(context, 415, "the content type must be " + service.mediaType("request"));
        } else if (!List.of("identity", "gzip", "x-gzip").contains(encoding(context))) {
            refuse(context, 415, "the content encoding must be gzip, if any");
        } else {
            requests.serve(context, project(context), service);
        }
    }

    static String encoding(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_ENCODING))
                .orElse("identity");
    }

    private boolean isAllowed(RoutingContext context, GitService service) {
        if (config.access() == GitAccess.NONE) {
            refuse(context, 404, "this installation does not give access to its projects by Git");
        } else if (config.access() == GitAccess.READ && service == GitService.RECEIVE_PACK) {
            refuse(context, 403, "this installation takes no pushes, only clones and fetches");
        } else {
            return true;
        }
        return false;
    }

    private static boolean isMethod(RoutingContext context, HttpMethod method) {
        if (context.request().method().equals(method)) {
            return true;
        }
        context.response().putHeader(HttpHeaders.ALLOW, method.name());
        refuse(context, 405, "this path knows the method " + method + " alone");
        return false;
    }

    private static String project(RoutingContext context) {
        return context.pathParam("project");
    }

    /**
     * Git shows a person what is plain text, and of all else the status alone. Who fetches, however, is shown an answer in
     * the protocol alone.
     */
    static void refuse(RoutingContext context, int status, String message) {
        String client = context.request().getHeader(HttpHeaders.USER_AGENT);
        if (client == null || !client.startsWith("git/")) {
            EarlyRefusals.refuse(context, status, message);
        } else if (GitService.UPLOAD_PACK.command().equals(context.pathParam("service"))) {
            String error = "ERR " + message;
            String line = String.format("%04x", error.getBytes(UTF_8).length + 4) + error;
            EarlyRefusals.refuse(context, 200, GitService.UPLOAD_PACK.mediaType("result"), line);
        } else {
            EarlyRefusals.refuse(context, status, "text/plain", message + "\n");
        }
    }
}
