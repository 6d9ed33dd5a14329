package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Proposes the expiry of due leases to the shards. Waits until all requests that had arrived by then are read, because
 * a heartbeat that waits in a socket renews its lease. If reading takes too long, nothing is proposed and a delay is
 * counted.
 */
final class ExpiryProposer {

    private static final int MAX_IDS = 1_000;
    private static final long RETRY_MILLIS = 1_000;

    private final LeaseIndex leases;
    private final LeaseClock clock;
    private final TimeSource time;
    private final Supplier<CompletableFuture<Void>> readBarrier;
    private final Duration tolerance;
    private final AtomicLong delays = new AtomicLong();

    /**
     * Creates a proposer without proposals.
     *
     * @param allRead completes when everything that had arrived at the time of the call is read; never fails
     * @param tolerance maximum time that reading may take
     */
    ExpiryProposer(
            LeaseIndex leases,
            LeaseClock clock,
            TimeSource time,
            Supplier<CompletableFuture<Void>> allRead,
            Duration tolerance) {
        this.leases = leases;
        this.clock = clock;
        this.time = time;
        this.readBarrier = allRead;
        this.tolerance = tolerance;
    }

    /** Returns the number of times that reading took too long. */
    long delays() {
        return delays.get();
    }

    /**
     * Proposes leases after one read barrier for all of them. Leases that can't be proposed are checked again one
     * second later.
     *
     * @param due due leases by shard
     * @param now time of the proposal, epoch milliseconds
     */
    void propose(Map<ShardBatcher, List<TrackedLease>> due, long now) {
        if (due.isEmpty()) {
            return;
        }
        long startedNanos = time.nanos();
        var _ = readBarrier.get().thenRun(() -> {
            if (time.nanos() - startedNanos > tolerance.toNanos()) {
                delays.incrementAndGet();
                due.values().forEach(this::proposeAgain);
            } else {
                due.forEach((shard, some) -> submit(shard, some, now));
            }
        });
    }

    private void submit(ShardBatcher shard, List<TrackedLease> due, long now) {
        for (int from = 0; from < due.size(); from += MAX_IDS) {
            var some = due.subList(from, Math.min(due.size(), from + MAX_IDS));
            var ids = some.stream().map(trackedLease -> trackedLease.id).toList();
            var _ = shard.submit(new ExpireLeases(ids, now)).whenComplete((commandReply, failure) -> {
                if (failure != null) {
                    proposeAgain(some);
                }
            });
        }
    }

    private void proposeAgain(List<TrackedLease> due) {
        long at = clock.millis() + RETRY_MILLIS;
        due.forEach(trackedLease -> leases.scheduleCheck(trackedLease, at));
    }
}
