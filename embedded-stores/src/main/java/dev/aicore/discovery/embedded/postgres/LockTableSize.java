package dev.aicore.discovery.embedded.postgres;

/**
 * How many locks PostgreSQL needs room for. A statement that looks through the observations locks each partition and its indexes, and all
 * of the server's connections share one lock table: where it is full, statements of everybody fail.
 */
public final class LockTableSize {

    /** As many as retention looks at; with the usual width they hold a thousand million events. */
    static final int PARTITIONS = 1_000;

    /** A partition and its three indexes. */
    private static final int LOCKS_OF_PARTITION = 4;

    /** Loads of shards, rebuilds and reads that look through all partitions at the same time. */
    private static final int CONCURRENT_SCANS = 8;

    /** PostgreSQL's own default for everything else. */
    private static final int OTHER_LOCKS = 64;

    private LockTableSize() {}

    /** Returns the {@code max_locks_per_transaction} of a server for so many connections. */
    static int maxLocksPerTransaction(int connections) {
        return OTHER_LOCKS + Math.ceilDiv(locks(PARTITIONS), connections);
    }

    /** Returns how many locks are needed at once where there are so many partitions. */
    public static int locks(int partitions) {
        return CONCURRENT_SCANS * LOCKS_OF_PARTITION * partitions;
    }
}
