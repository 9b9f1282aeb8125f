package org.keptnative.configuration.history;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.event.EventLog;
import org.keptnative.configuration.history.DerivationChoice.Choice;
import org.keptnative.configuration.history.HistoryConfig.Derive;

import java.net.URL;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/** Asks an event log over HTTP who else follows it. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(EventLogResource.class)
class DerivationChoiceTest {

    @Inject
    EventLog log;

    @Inject
    DerivationChoice ofTheService;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void reset() {
        executor.shutdownNow();
        EventLogResource.status = 200;
        EventLogResource.followers = List.of("configuration-service");
    }

    @Test
    void events_open_approvals_as_long_as_nobody_else_follows() {
        DerivationChoice choice = choice(Derive.AUTOMATIC);

        choice.ask();
        assertThat(choice.current()).isEqualTo(new Choice(true, "nobody else follows the event log"));

        EventLogResource.followers = List.of("nats", "configuration-service", "audit");
        choice.ask();
        assertThat(choice.current()).isEqualTo(new Choice(false, "the event log is followed by audit, nats"));

        EventLogResource.status = 500;
        choice.ask();
        assertThat(choice.current().derive()).isFalse();
    }

    @Test
    void an_event_log_that_is_down_at_the_start_is_asked_again() {
        EventLogResource.status = 503;
        EventLogResource.followers = List.of("configuration-service", "nats");
        DerivationChoice choice = choice(Derive.AUTOMATIC);

        choice.ask();
        assertThat(choice.current()).isEqualTo(new Choice(true, "the event log has not answered yet"));

        EventLogResource.status = 200;
        await().atMost(30, SECONDS).until(() -> !choice.current().derive());
    }

    @Test
    void what_is_configured_needs_no_question() {
        EventLogResource.followers = List.of("configuration-service", "nats");

        assertThat(choice(Derive.TRUE).current()).isEqualTo(new Choice(true, "configured"));
        assertThat(choice(Derive.FALSE).current()).isEqualTo(new Choice(false, "configured"));
    }

    @Test
    void the_readiness_says_what_was_chosen() {
        ofTheService.ask();

        given().get(ready)
                .then()
                .statusCode(200)
                .rootPath("checks.find{it.name == 'approvals and remediations'}.data")
                .body("derivedFromEvents", equalTo(true))
                .body("reason", equalTo("nobody else follows the event log"));
    }

    private DerivationChoice choice(Derive wanted) {
        return new DerivationChoice(() -> wanted, log, executor);
    }
}
