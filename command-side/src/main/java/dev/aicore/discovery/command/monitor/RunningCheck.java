package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.healthchecks.probe.Probe;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A check under way.
 *
 * @param generation of what is looked at
 * @param dueAt on the monotonic clock, as is {@code begunAt}
 * @param heavy whether it was expected to hold its place for long
 * @param askers who wait for it
 */
record RunningCheck(
        ScheduledCheck watched,
        int generation,
        Probe probe,
        long dueAt,
        long begunAt,
        boolean heavy,
        List<CompletableFuture<OnDemandResult>> askers) {

    /** How late it began, in nanoseconds. */
    long lag() {
        return begunAt - dueAt;
    }
}
