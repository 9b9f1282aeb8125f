package org.keptnative.configuration.admission;

/** Budgets for tests of other packages. */
public final class MemoryBudgets {

    private MemoryBudgets() {}

    public static MemoryBudget of(long total) {
        return new MemoryBudget(total);
    }
}
