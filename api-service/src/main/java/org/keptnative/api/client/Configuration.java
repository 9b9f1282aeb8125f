package org.keptnative.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.api.error.ApiException;

import java.util.Map;
import java.util.Optional;

/** Projects, stages and services, kept by configuration-service. */
@ApplicationScoped
public class Configuration {

    private static final int READ_TIMEOUT_MILLIS = 5_000;
    /** A project may have to be fetched from, and pushed to, a remote repository first. */
    private static final int WRITE_TIMEOUT_MILLIS = 120_000;

    private static final String PROJECT = "/v1/project/{project}";
    private static final String SERVICE = PROJECT + "/service/{service}";
    private static final String SERVICE_IN_STAGE = PROJECT + "/stage/{stage}/service/{service}";

    private final Neighbour neighbour;
    private final Json json;

    Configuration(Vertx vertx, Json json, @ConfigProperty(name = "neighbour.configuration") String uri) {
        this.neighbour = new Neighbour(vertx, "configuration-service", uri, new WebClientOptions());
        this.json = json;
    }

    /** The project with its stages, if it exists. */
    public Uni<Optional<JsonNode>> project(String project) {
        return neighbour
                .sendRepeatable(
                        request(HttpMethod.GET, PROJECT, READ_TIMEOUT_MILLIS).setTemplateParam("project", project),
                        null)
                .map(body -> Optional.of(json.read(body)))
                .onFailure(Configuration::isNotFound)
                .recoverWithItem(Optional.empty());
    }

    /** Fails with 404 and which of the three is not there. */
    public Uni<Void> service(String project, String stage, String service) {
        var request = request(HttpMethod.GET, SERVICE_IN_STAGE, READ_TIMEOUT_MILLIS)
                .setTemplateParam("project", project)
                .setTemplateParam("stage", stage)
                .setTemplateParam("service", service);
        return neighbour.sendRepeatable(request, null).replaceWithVoid();
    }

    /** Creates all of a project or nothing of it. */
    public Uni<Void> createProject(Object project) {
        return write(HttpMethod.POST, "/v1/project", Map.of(), project);
    }

    public Uni<Void> deleteProject(String project) {
        return write(HttpMethod.DELETE, PROJECT, Map.of("project", project), null);
    }

    /** Creates a service in all stages of a project or in none. */
    public Uni<Void> createService(String project, String service) {
        return write(HttpMethod.POST, PROJECT + "/service", Map.of("project", project), Map.of("serviceName", service));
    }

    /** Deletes a service from all stages of a project or from none. */
    public Uni<Void> deleteService(String project, String service) {
        return write(HttpMethod.DELETE, SERVICE, Map.of("project", project, "service", service), null);
    }

    private Uni<Void> write(HttpMethod method, String path, Map<String, String> parameters, Object body) {
        var request = request(method, path, WRITE_TIMEOUT_MILLIS).putHeader("content-type", "application/json");
        parameters.forEach(request::setTemplateParam);
        return neighbour.send(request, body == null ? null : json.write(body)).replaceWithVoid();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path, int timeoutMillis) {
        return neighbour.request(method, neighbour.template(path), timeoutMillis);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.status() == 404;
    }
}
