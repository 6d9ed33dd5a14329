package dev.aicore.discovery.projection.processing;

import java.util.Comparator;

/** Key of a parked fact, ordered by projection, sequence and position. */
record DeadLetterKey(String projection, String sequence, long position) implements Comparable<DeadLetterKey> {

    private static final Comparator<DeadLetterKey> ORDER = Comparator.comparing(DeadLetterKey::projection)
            .thenComparing(DeadLetterKey::sequence)
            .thenComparingLong(DeadLetterKey::position);

    @Override
    public int compareTo(DeadLetterKey other) {
        return ORDER.compare(this, other);
    }
}
