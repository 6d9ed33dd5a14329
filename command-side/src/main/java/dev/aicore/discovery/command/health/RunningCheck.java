package dev.aicore.discovery.command.health;

import dev.aicore.discovery.command.health.OnDemandCheck.OnDemandResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Check under way.
 *
 * @param generation generation of the check when it began
 * @param dueAt due time on the monotonic clock, nanoseconds
 * @param begunAt start on the monotonic clock, nanoseconds
 * @param heavy true if the check was expected to take long
 * @param askers futures of the callers that wait for the result
 */
record RunningCheck(
        ScheduledCheck watched,
        int generation,
        Probe probe,
        long dueAt,
        long begunAt,
        boolean heavy,
        List<CompletableFuture<OnDemandResult>> askers) {

    /** Returns the delay of its start, in nanoseconds. */
    long lag() {
        return begunAt - dueAt;
    }
}
