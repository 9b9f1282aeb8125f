package org.keptnative.e2e;

import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keptnative.e2e.installation.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Guessing tokens, from behind a proxy that the gateway trusts. */
class ThrottlingIT {

    private static final int MORE_THAN_ALLOWED = 40;

    private final Installation installation = Installation.shared();

    @ParameterizedTest
    @CsvSource({
        "203.0.113.10,/api/v1/metadata",
        "203.0.113.11,/api/v1/auth",
        "203.0.113.12,/api/configuration-service/v1/project",
        "203.0.113.13,/api/mongodb-datastore/event",
    })
    void guessingIsSlowedDownForTheAddressThatGuesses(String address, String path) {
        for (int i = 0; i < MORE_THAN_ALLOWED; i++) {
            assertThat(get(path, address, "guess-" + i).extract().statusCode()).isIn(401, 429);
        }

        ValidatableResponse refusal = get(path, address, "one-more")
                .statusCode(429)
                .contentType("application/json")
                .body("code", equalTo(429));
        assertThat(Integer.parseInt(refusal.extract().header("Retry-After"))).isBetween(1, 60);
        // neither who knows the token nor who comes from elsewhere pays for it
        get(path, address, installation.token()).statusCode(200);
        get(path, "203.0.113.20", "wrong").statusCode(401);
    }

    private ValidatableResponse get(String path, String address, String token) {
        return installation
                .stranger()
                .header("X-Forwarded-For", "198.51.100.1, " + address)
                .header("x-token", token)
                .get(path)
                .then();
    }
}
