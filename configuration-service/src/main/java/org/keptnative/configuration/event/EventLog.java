package org.keptnative.configuration.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import java.util.List;

/** The part of mongodb-datastore that this service asks. */
@RegisterRestClient
public interface EventLog {

    int MAX_PAGE_SIZE = 100;

    /**
     * The events of a project, newest first.
     *
     * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
     * @param nextPageKey that of the page before; null for the first page
     */
    @GET
    @Path("/event")
    EventPage events(
            @QueryParam("project") String project,
            @QueryParam("pageSize") int pageSize,
            @QueryParam("nextPageKey") String nextPageKey);

    @ClientObjectMapper
    static ObjectMapper json(ObjectMapper any) {
        return EventJson.of(any);
    }

    /** Who gets the events, this service among them. */
    @GET
    @Path("/follower")
    Followers followers();

    /** @param followers one entry each; what else an entry says does not matter here */
    record Followers(List<Follower> followers) {}

    record Follower(String name) {}

    /**
     * @param events null, as Keptn 0.7 says it, when there are none
     * @param nextPageKey null, empty or {@code "0"} on the last page
     */
    record EventPage(List<KeptnEvent> events, String nextPageKey) {

        public EventPage {
            events = events == null ? List.of() : events;
        }

        public boolean isLast() {
            return nextPageKey == null || nextPageKey.isEmpty() || nextPageKey.equals("0");
        }
    }
}
