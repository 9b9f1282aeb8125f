package org.keptnative.e2e;

import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The websocket through the gateway. */
class ProgressIT {

    private final Installation installation = Installation.shared();
    private final String context = UUID.randomUUID().toString();
    private final String token = token();

    @Test
    void onlyATokenOfAnAnswerOpensIt() {
        assertThat(ProgressClient.handshake(installation)).isEqualTo(401);
        assertThat(ProgressClient.handshake(installation, "Token", "x")).isEqualTo(401);
        assertThat(ProgressClient.handshake(installation, "x-token", installation.token()))
                .isEqualTo(401);
        assertThat(ProgressClient.handshake(installation, "Token", token, "Token", token))
                .isEqualTo(401);
        assertThat(ProgressClient.handshake(installation, "Token", token)).isEqualTo(101);
    }

    @Test
    void aPageFromElsewhereIsKeptOut() {
        String here = installation.gateway().url().toString();
        assertThat(ProgressClient.handshake(installation, "Token", token, "Origin", here))
                .isEqualTo(101);
        assertThat(ProgressClient.handshake(installation, "Token", token, "Origin", "http://elsewhere.example"))
                .isEqualTo(403);
    }

    @Test
    void whatAServiceReportsReachesAllReadersEarlyAndLate() {
        try (ProgressClient service = ProgressClient.connect(installation, "Token", token);
                ProgressClient first = reader()) {
            service.send(frame("deploying", false));
            await().untilAsserted(() -> assertThat(first.lines()).containsExactly("INFO deploying"));
            try (ProgressClient second = reader()) {
                service.send(frame("", true));
                await().untilAsserted(() -> assertThat(first.lines()).containsExactly("INFO deploying", "END"));
                await().untilAsserted(() -> assertThat(second.lines()).containsExactly("INFO deploying", "END"));
            }
        }
    }

    @Test
    void aReaderIsPinged() {
        try (ProgressClient reader = reader()) {
            await().untilAsserted(() -> assertThat(reader.pings()).isPositive());
        }
    }

    private ProgressClient reader() {
        return ProgressClient.connect(installation, "Token", token, "Keptn-Ws-Channel-Id", context);
    }

    private String token() {
        return installation
                .client()
                .contentType("application/json")
                .body("{\"type\":\"sh.keptn.event.problem.open\",\"source\":\"test\",\"data\":{}}")
                .post("/api/v1/event")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    private String frame(String message, boolean terminate) {
        return """
                {"specversion":"0.2","contentType":"application/json","type":"sh.keptn.events.log","source":"helm-service",\
                "shkeptncontext":"%s","data":{"message":"%s","terminate":%s,"loglevel":"INFO"}}""".formatted(context, message, terminate);
    }
}
