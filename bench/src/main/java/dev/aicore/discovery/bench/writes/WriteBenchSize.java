package dev.aicore.discovery.bench.writes;

/**
 * How much of everything.
 *
 * @param instances of the steady load
 * @param observations a second of the steady load
 * @param outstanding requests of the closed loop
 * @param clients that register at once
 * @param kept observations in the store that is started again
 * @param inMemory instances whose heap is measured
 * @param naive instances of the naive design
 * @param warmUpSeconds before the first round
 */
record WriteBenchSize(
        int instances,
        int observations,
        int outstanding,
        int clients,
        long kept,
        int inMemory,
        int naive,
        int warmUpSeconds) {

    /** The size that the targets speak of. */
    static final WriteBenchSize FULL =
            new WriteBenchSize(100_000, 20_000, 25_000, 1_000, 50_000_000, 10_000, 10_000, 8);

    /** Instances in one service, where there is more than one. */
    static final int IN_SERVICE = 100;
}
