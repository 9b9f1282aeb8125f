package org.keptnative.datastore.job;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;
import org.keptnative.datastore.event.EventDocument;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class RenewalTest {

    @Inject
    Renewal renewal;

    private final String project = unique("renewal");

    @Test
    void events_of_the_first_edition_come_into_the_lists_of_today() {
        String id = post(event(project).put("time", "2026-01-01T12:00:00.000000500Z"));
        MongoCollection<EventDocument> events = EventDocument.mongoCollection();
        Bson it = Filters.eq("eventId", id);
        EventDocument today = events.find(it).first();
        List<String> before = today.lists.stream()
                .filter(name -> !name.contains("source=") || !name.contains("type="))
                .toList();
        assertThat(before).hasSize(today.lists.size() - 2);
        events.updateOne(
                it,
                Updates.combine(
                        Updates.set("lists", before),
                        Updates.set("time", today.exactTime),
                        Updates.unset("exactTime")));

        while (renewal.renewSome()) {
            assertThat(events.find(it).first()).isNotNull();
        }

        EventDocument renewed = events.find(it).first();
        assertThat(renewed.lists).isEqualTo(today.lists);
        assertThat(renewed.time).isEqualTo(today.time);
        assertThat(renewed.exactTime).isEqualTo(today.exactTime);
        find("source=test&type=sh.keptn.event.test.finished&root=x&project=" + project)
                .body("events.id", contains(id));
    }
}
