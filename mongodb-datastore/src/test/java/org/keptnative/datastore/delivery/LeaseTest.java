package org.keptnative.datastore.delivery;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.keptnative.datastore.Events.unique;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class LeaseTest {

    private static final Duration DURATION = Duration.ofSeconds(1);

    @Inject
    MongoClient mongo;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    private final String name = unique("lease");
    private MongoCollection<Document> leases;

    @BeforeEach
    void collection() {
        leases = mongo.getDatabase(database).getCollection("leases");
    }

    @Test
    void one_of_many_gets_it_and_keeps_it() throws Exception {
        List<Lease> all = IntStream.range(0, 8).mapToObj(i -> lease()).toList();
        ExecutorService replicas = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> attempts =
                all.stream().<Callable<Boolean>>map(lease -> lease::hold).toList();
        replicas.invokeAll(attempts);
        List<Lease> holders =
                all.stream().filter(lease -> lease.isHeldFor(Duration.ZERO)).toList();
        assertThat(holders).hasSize(1);
        long end = System.nanoTime() + DURATION.multipliedBy(2).toNanos();
        while (System.nanoTime() < end) {
            assertThat(holders.get(0).hold()).isTrue();
            replicas.invokeAll(attempts);
            assertThat(all.stream().filter(lease -> lease.isHeldFor(Duration.ZERO)))
                    .isEqualTo(holders);
        }
        replicas.shutdown();
    }

    @Test
    void another_takes_over_when_the_holder_falls_silent_but_not_earlier() {
        Lease silent = lease();
        Lease other = lease();
        assertThat(silent.hold()).isTrue();
        await().until(() -> {
            boolean sure = silent.isHeldFor(Duration.ZERO);
            boolean taken = other.hold();
            assertThat(taken && sure && silent.isHeldFor(Duration.ZERO)).isFalse();
            return taken;
        });
        assertThat(silent.isHeldFor(Duration.ZERO)).isFalse();
        assertThat(silent.hold()).isFalse();
    }

    @Test
    void a_released_lease_is_free_at_once() {
        Lease first = lease();
        first.hold();
        assertThat(first.isHeldFor(DURATION.dividedBy(2))).isTrue();
        assertThat(first.isHeldFor(DURATION.multipliedBy(2))).isFalse();
        first.release();
        assertThat(lease().hold()).isTrue();
    }

    private Lease lease() {
        return new Lease(leases, name, DURATION);
    }
}
