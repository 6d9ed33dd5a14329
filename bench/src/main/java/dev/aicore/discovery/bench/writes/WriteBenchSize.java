package dev.aicore.discovery.bench.writes;

import java.time.Duration;

/**
 * Sizes of the scenarios.
 *
 * @param instances instances of the steady load
 * @param observations observations per second of the steady load
 * @param outstanding outstanding requests of the closed loop
 * @param clients clients that register concurrently
 * @param kept observations in the store of the restart scenario
 * @param inMemory instances whose heap is measured
 * @param naive instances of the naive design
 * @param warmUp duration of the warm-up before the first round
 */
record WriteBenchSize(
        int instances,
        int observations,
        int outstanding,
        int clients,
        long kept,
        int inMemory,
        int naive,
        Duration warmUp) {

    /** Size that the thresholds refer to. */
    static final WriteBenchSize FULL =
            new WriteBenchSize(100_000, 20_000, 25_000, 1_000, 50_000_000, 10_000, 10_000, Duration.ofSeconds(8));

    /** Number of instances per service, if there are several services. */
    static final int IN_SERVICE = 100;
}
