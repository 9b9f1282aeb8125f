package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import java.util.Map;

/** The Secrets of a namespace, as the API of Kubernetes has them. */
@RegisterRestClient
interface Secrets {

    /** What is more in one is not needed here. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Secret(String apiVersion, String kind, String type, Metadata metadata, Map<String, byte[]> data) {

        static Secret of(String name, Map<String, byte[]> data) {
            return new Secret("v1", "Secret", "Opaque", new Metadata(name), data);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metadata(String name) {}

    @GET
    @Path("/{name}")
    Secret get(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("name") String name);

    @PUT
    @Path("/{name}")
    Secret replace(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("name") String name, Secret secret);

    @POST
    Secret create(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, Secret secret);

    @DELETE
    @Path("/{name}")
    Secret delete(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("name") String name);
}
