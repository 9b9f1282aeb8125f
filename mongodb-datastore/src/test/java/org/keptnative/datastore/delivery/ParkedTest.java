package org.keptnative.datastore.delivery;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.datastore.FollowerTestResource;
import org.keptnative.datastore.MongoTestResource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.keptnative.datastore.Events.TYPE;
import static org.keptnative.datastore.Events.event;
import static org.keptnative.datastore.Events.find;
import static org.keptnative.datastore.Events.post;
import static org.keptnative.datastore.Events.unique;
import static org.keptnative.datastore.FollowerTestResource.FIRST;
import static org.keptnative.datastore.FollowerTestResource.ids;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
@WithTestResource(FollowerTestResource.class)
class ParkedTest {

    private static final String PARKED = "/follower/configuration-service/parked";

    private final String project = unique("parked");

    @TestHTTPResource(value = "/metrics", management = true)
    String metrics;

    @AfterEach
    void accept() {
        FollowerTestResource.accept();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void what_a_follower_refuses_is_kept_with_the_reason(int status) {
        refuse(status);
        String bad = post(event(project).put("id", "bad-" + project));
        String good = post(event(project));
        await().untilAsserted(() -> assertThat(ids(FIRST, project)).containsExactly(bad, good));
        await().untilAsserted(() -> parked("project=" + project)
                .body("deliveries", hasSize(1))
                .body("deliveries[0].project", equalTo(project))
                .body("deliveries[0].source", equalTo("test"))
                .body("deliveries[0].id", equalTo(bad))
                .body("deliveries[0].type", equalTo(TYPE))
                .body("deliveries[0].reason", equalTo("status " + status)));
        await().untilAsserted(() -> given().get(metrics)
                .then()
                .body(containsString("datastore_events_parked{follower=\"configuration-service\"} ")));
    }

    @Test
    void the_reason_has_the_words_of_the_follower() {
        FollowerTestResource.refuseWith("{\"code\":422,\"message\":\"the id is too long\"}");
        refuse(422);
        post(event(project).put("id", "bad-" + project));

        await().untilAsserted(() ->
                parked("project=" + project).body("deliveries.reason", contains("status 422: the id is too long")));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 503})
    void what_fails_while_others_succeed_is_parked_after_a_while_and_holds_nobody_up(int status) {
        refuse(status);
        String bad = post(event(project).put("id", "bad-" + project));
        String next = post(event(project));
        String other = unique("other");
        List<String> sent = new ArrayList<>();
        await().untilAsserted(() -> {
            sent.add(post(event(other)));
            assertThat(ids(FIRST, project)).contains(bad, next);
        });
        await().untilAsserted(() -> assertThat(ids(FIRST, other)).isEqualTo(sent));
        parked("project=" + project)
                .body("deliveries.id", contains(bad))
                .body("deliveries[0].reason", equalTo("status " + status + ", while other events were taken"));
    }

    /** A follower that dies answers nothing at all, and takes no other event meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void what_a_follower_dies_of_is_parked_although_no_other_event_comes(int statusOfOthers) {
        FollowerTestResource.answerOthers(statusOfOthers);
        FollowerTestResource.answer(event -> {
            if (FollowerTestResource.isOf(project, event)) {
                throw new IllegalStateException("as if it died");
            }
            return 200;
        });
        String poison = post(event(project));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get(PARKED + "?project=" + project)
                        .then()
                        .body("deliveries.id", contains(poison))
                        .body(
                                "deliveries[0].reason",
                                equalTo("the connection ended before an answer, time and again")));
        assertThat(ids(FIRST, project).size()).isBetween(4, 6);
    }

    @Test
    void parked_events_are_delivered_again_on_request() {
        refuse(400);
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bad.add(post(event(project).put("id", "bad-%s-%d".formatted(project, i))));
        }
        await().untilAsserted(() -> parked("project=" + project).body("deliveries.id", equalTo(bad)));
        FollowerTestResource.accept();
        String key = parked("project=" + project).extract().path("deliveries[1].key");
        redeliver("key", key).statusCode(200).body("deliveries", equalTo(1));
        await().untilAsserted(() ->
                assertThat(ids(FIRST, project)).containsExactly(bad.get(0), bad.get(1), bad.get(2), bad.get(1)));
        redeliver("project", project).statusCode(200).body("deliveries", equalTo(2));
        await().untilAsserted(
                        () -> assertThat(ids(FIRST, project).subList(4, 6)).containsExactly(bad.get(0), bad.get(2)));
        parked("project=" + project).body("deliveries", empty());
        redeliver("key", key).statusCode(404);
    }

    @Test
    void parked_deliveries_can_be_discarded_and_the_events_stay() {
        refuse(400);
        for (int i = 0; i < 3; i++) {
            post(event(project).put("id", "bad-%s-%d".formatted(project, i)));
        }
        await().untilAsserted(() -> parked("project=" + project).body("deliveries", hasSize(3)));
        String key = parked("project=" + project).extract().path("deliveries[0].key");
        discard("key", key).statusCode(200).body("deliveries", equalTo(1));
        discard("key", key).statusCode(404);
        discard("project", project).statusCode(200).body("deliveries", equalTo(2));
        parked("project=" + project).body("deliveries", empty());
        find("project=" + project).body("totalCount", equalTo(3));
    }

    @Test
    void they_are_listed_in_pages() {
        refuse(400);
        for (int i = 0; i < 5; i++) {
            post(event(project).put("id", "bad-%s-%d".formatted(project, i)));
        }
        await().untilAsserted(() -> parked("project=" + project).body("deliveries", hasSize(5)));
        List<String> ids = new ArrayList<>();
        String key = "";
        while (key != null) {
            ValidatableResponse page =
                    parked("pageSize=2&project=" + project + (key.isEmpty() ? "" : "&nextPageKey=" + key));
            ids.addAll(page.extract().path("deliveries.id"));
            key = page.extract().path("nextPageKey");
        }
        assertThat(ids).hasSize(5).isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /follower/nobody/parked, 404",
        "GET, /follower/configuration-service/parked?pageSize=0, 400",
        "GET, /follower/configuration-service/parked?nextPageKey=x, 400",
        "DELETE, /follower/configuration-service/parked, 400",
        "DELETE, /follower/configuration-service/parked?key=a&project=b, 400",
        "POST, /follower/configuration-service/parked/redelivery, 400",
        "POST, /follower/configuration-service/parked/redelivery?key=a, 404"
    })
    void bad_requests_are_refused(String method, String path, int status) {
        given().request(method, path).then().statusCode(status).body("code", equalTo(status));
    }

    /** The events whose id says so. */
    private void refuse(int status) {
        FollowerTestResource.answer(event -> isBad(event) ? status : 200);
    }

    private boolean isBad(JsonObject event) {
        return event.getString("id").startsWith("bad-" + project);
    }

    private static ValidatableResponse parked(String query) {
        return given().get(PARKED + "?" + query).then().statusCode(200);
    }

    private static ValidatableResponse redeliver(String by, String value) {
        return given().queryParam(by, value).post(PARKED + "/redelivery").then();
    }

    private static ValidatableResponse discard(String by, String value) {
        return given().queryParam(by, value).delete(PARKED).then();
    }
}
