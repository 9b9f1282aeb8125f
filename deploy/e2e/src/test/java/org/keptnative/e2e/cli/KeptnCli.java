package org.keptnative.e2e.cli;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.keptnative.e2e.ProgressClient;
import org.keptnative.e2e.installation.Installation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.not;

/** What the command line of Keptn 0.7 sends, in its order, and what it needs to find in the answers. */
public final class KeptnCli {

    static final String CONFIGURATION = "/api/configuration-service/v1";
    static final String EVENTS = "/api/mongodb-datastore/event";

    private final Installation installation;

    public KeptnCli(Installation installation) {
        this.installation = installation;
    }

    ValidatableResponse get(String path) {
        return send("GET", path, null);
    }

    /** With the content type also where there is no content, as the command line does. */
    public ValidatableResponse send(String method, String path, Object body) {
        var request = installation.client().header("Content-Type", "application/json");
        return (body == null ? request : request.body(body))
                .request(method, path)
                .then();
    }

    /** Sends a command and then listens to its progress until it ends. */
    public List<String> run(String method, String path, Object body) {
        Response answer = send(method, path, body)
                .statusCode(200)
                .body("keptnContext", not(emptyOrNullString()))
                .body("token", not(emptyOrNullString()))
                .extract()
                .response();
        return follow(answer);
    }

    /** Listens to the progress of what was answered so until it ends. */
    public List<String> follow(Response answer) {
        try (ProgressClient progress = ProgressClient.connect(
                installation, "Token", answer.path("token"), "Keptn-Ws-Channel-Id", answer.path("keptnContext"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> progress.lines().contains("END"));
            assertThat(progress.frames())
                    .allSatisfy(frame -> assertThat(frame)
                            .contains("\"type\":\"sh.keptn.events.log\"")
                            .contains("\"specversion\":\"0.2\"")
                            .contains("\"contentType\":\"application/json\""));
            return progress.lines();
        }
    }

    /** All pages of a list: the next page is asked for until there is none, an empty one or "0". */
    List<Map<String, Object>> list(String path, String member) {
        List<Map<String, Object>> all = new ArrayList<>();
        String next = "";
        do {
            var page = get(path + (next.isEmpty() ? "" : "?nextPageKey=" + next))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(page.getList(member));
            next = page.getString("nextPageKey");
        } while (next != null && !next.isEmpty() && !next.equals("0"));
        return all;
    }
}
