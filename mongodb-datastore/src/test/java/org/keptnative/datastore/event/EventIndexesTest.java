package org.keptnative.datastore.event;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class EventIndexesTest {

    @Inject
    EventIndexes indexes;

    @Test
    void lists_and_roots_are_indexed() {
        assertThat(indexes.definitions().stream().map(EventIndexesTest::describe))
                .containsExactlyInAnyOrder(
                        "newest {\"lists\": 1, \"time\": -1, \"sequence\": 1}", "root unique sparse {\"root\": 1}");
    }

    @Test
    void those_that_are_not_wanted_any_more_are_dropped_and_those_of_others_stay() {
        MongoCollection<Document> events = EventDocument.mongoDatabase().getCollection("events");
        for (String name : List.of("sequence", "mine")) {
            events.createIndex(
                    Indexes.ascending("x" + name),
                    new IndexOptions().name(name).unique(true).sparse(true));
        }
        indexes.dropUnwanted();
        assertThat(events.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>()))
                .contains("root", "mine")
                .doesNotContain("sequence");
        events.dropIndex("mine");
    }

    private static String describe(IndexModel index) {
        return index.getOptions().getName()
                + (index.getOptions().isUnique() ? " unique" : "")
                + (index.getOptions().isSparse() ? " sparse" : "")
                + " "
                + index.getKeys().toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
    }
}
