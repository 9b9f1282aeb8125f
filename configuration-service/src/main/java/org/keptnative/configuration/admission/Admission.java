package org.keptnative.configuration.admission;

import java.util.concurrent.atomic.AtomicInteger;

/** The share of one request body in the memory; it returns when neither the client nor the work holds it any more. */
final class Admission {

    private final MemoryBudget budget;
    private final long bytes;
    private final AtomicInteger holders = new AtomicInteger(1);

    Admission(MemoryBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    void hold() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            budget.giveBack(bytes);
        }
    }
}
