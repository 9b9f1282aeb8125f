package org.keptnative.datastore.retention;

import com.mongodb.client.model.Filters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class RetentionTest {

    @Inject
    Retention retention;

    private final String project = unique("retention");

    @Test
    void old_contexts_go_with_all_that_refers_to_them_and_living_ones_stay_complete() throws InterruptedException {
        String old = unique("old");
        String living = unique("living");
        String invalid = post(event(project).put("shkeptncontext", old));
        post(event(project).put("shkeptncontext", old));
        String root = post(event(project).put("shkeptncontext", living));
        JsonObject withoutContext = event(project);
        withoutContext.remove("shkeptncontext");
        post(withoutContext);
        Thread.sleep(2);
        Instant time = Instant.now();
        Thread.sleep(2);
        String last = post(event(project).put("shkeptncontext", living));
        post(event(project).put("type", "x.invalidated").put("triggeredid", invalid));

        assertThat(retention.removeOlderThan(time)).isGreaterThanOrEqualTo(4);

        find("project=" + project).body("events.id", containsInAnyOrder(root, last));
        find("keptnContext=" + old).body("events", empty());
        find("root=true&project=" + project).body("events.id", contains(root));
    }

    @Test
    void an_event_that_lies_in_parts_goes_as_a_whole() throws InterruptedException {
        JsonObject large = event(project);
        large.getJsonObject("data").put("text", "x".repeat(20_000_000));
        post(large);
        assertThat(records(large)).isEqualTo(1);
        Thread.sleep(2);
        retention.removeOlderThan(Instant.now());
        find("project=" + project).body("events", empty());
        assertThat(records(large)).isZero();
    }

    private static long records(JsonObject event) {
        return EventDocument.mongoDatabase()
                .getCollection("large-events")
                .countDocuments(Filters.regex("event", event.getString("id")));
    }

    @Test
    void by_default_nothing_is_removed() {
        String id = post(event(project));
        retention.run();
        find("project=" + project).body("events.id", contains(id));
    }
}
