package org.keptnative.configuration.admission;

import org.keptnative.configuration.error.BodyRefused;

import java.util.concurrent.atomic.AtomicInteger;

/** The share of one request body in the memory; it returns when neither the client nor the work holds it any more. */
final class Admission {

    private final MemoryBudget budget;
    private long bytes;
    private final AtomicInteger holders = new AtomicInteger(1);

    Admission(MemoryBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /**
     * Takes more, while somebody holds it.
     *
     * @throws BodyRefused when there is not so much, now or ever
     */
    void grow(long more) throws BodyRefused {
        if (bytes + more > budget.total()) {
            throw new BodyRefused(413, "the request body has more JSON values than fit into the memory");
        }
        if (!budget.take(more)) {
            throw new BodyRefused(503, BodyAdmission.TOO_MANY);
        }
        bytes += more;
    }

    /** One more holds it, unless nobody does any more. */
    boolean hold() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            budget.giveBack(bytes);
        }
    }
}
