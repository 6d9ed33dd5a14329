package dev.aicore.discovery.embedded.postgres;

/**
 * Computes the required size of PostgreSQL's lock table. A statement that scans the observations locks each partition
 * and its indexes, and all connections share one lock table: if it is full, statements of all connections fail.
 */
public final class LockTableSize {

    /** Maximum number of partitions that retention inspects; with the default width they hold 1,000 million events. */
    static final int PARTITIONS = 1_000;

    /** Number of locks of a partition: its table and three indexes. */
    private static final int LOCKS_OF_PARTITION = 4;

    /** Number of concurrent scans of all partitions by loads of shards, rebuilds and reads. */
    private static final int CONCURRENT_SCANS = 8;

    /** PostgreSQL's default, for everything else. */
    private static final int OTHER_LOCKS = 64;

    private LockTableSize() {}

    /** Returns the {@code max_locks_per_transaction} of a server with this number of connections. */
    static int maxLocksPerTransaction(int connections) {
        return OTHER_LOCKS + Math.ceilDiv(locks(PARTITIONS), connections);
    }

    /** Returns the number of locks that are needed at once with this number of partitions. */
    public static int locks(int partitions) {
        return CONCURRENT_SCANS * LOCKS_OF_PARTITION * partitions;
    }
}
