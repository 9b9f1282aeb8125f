package org.keptnative.datastore.event;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.IndexModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

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
                        "lists {\"lists\": 1, \"time\": -1, \"sequence\": -1}", "root unique sparse {\"root\": 1}");
    }

    private static String describe(IndexModel index) {
        return index.getOptions().getName()
                + (index.getOptions().isUnique() ? " unique" : "")
                + (index.getOptions().isSparse() ? " sparse" : "")
                + " "
                + index.getKeys().toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
    }
}
