package org.keptnative.configuration.history;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.keptnative.configuration.history.DerivationChoice.Choice;

/** Never fails; says whether approvals and remediations are derived from events, and why. */
@Readiness
class DerivationCheck implements HealthCheck {

    private final DerivationChoice choice;

    DerivationCheck(DerivationChoice choice) {
        this.choice = choice;
    }

    @Override
    public HealthCheckResponse call() {
        Choice current = choice.current();
        return HealthCheckResponse.named("approvals and remediations")
                .up()
                .withData("derivedFromEvents", current.derive())
                .withData("reason", current.reason())
                .build();
    }
}
