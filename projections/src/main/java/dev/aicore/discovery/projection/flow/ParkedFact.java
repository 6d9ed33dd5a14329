package dev.aicore.discovery.projection.flow;

import java.util.Comparator;

/** Where a fact is parked: by which projection, with which others, and which one it is. */
record ParkedFact(String projection, String sequence, long position) implements Comparable<ParkedFact> {

    private static final Comparator<ParkedFact> ORDER = Comparator.comparing(ParkedFact::projection)
            .thenComparing(ParkedFact::sequence)
            .thenComparingLong(ParkedFact::position);

    @Override
    public int compareTo(ParkedFact other) {
        return ORDER.compare(this, other);
    }
}
