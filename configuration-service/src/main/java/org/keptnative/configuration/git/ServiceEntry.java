package org.keptnative.configuration.git;

import java.util.Comparator;

/**
 * A service as a branch has it.
 *
 * @param created nanoseconds since the epoch; null when its metadata do not say
 */
public record ServiceEntry(String name, Long created) implements Comparable<ServiceEntry> {

    private static final Comparator<ServiceEntry> BY_CREATION = Comparator.comparing(
                    ServiceEntry::created, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ServiceEntry::name);

    @Override
    public int compareTo(ServiceEntry other) {
        return BY_CREATION.compare(this, other);
    }
}
