package dev.aicore.discovery.server.whatif;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.balancing.BalancedInstance;
import dev.aicore.discovery.balancing.BalancingStatus;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.EligibilityPolicy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.command.shard.ReplayedShard.ReplayedInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tracks who is discovered of one service, by a request without filters. */
final class DiscoveryTrack {

    private final PanicPolicy panicPolicy;
    private final PickSampler sampler;
    private final Map<String, TrackedInstance> present = new TreeMap<>();
    private final Map<String, Long> discoveredSince = new HashMap<>();
    private final Map<String, List<TimeSpan>> spans = new TreeMap<>();
    private final List<TimeSpan> panics = new ArrayList<>();
    private final Map<String, Double> pickMillis = new HashMap<>();
    private final long from;
    private List<TrackedInstance> eligible = List.of();
    private final Map<String, ConnectionReport> reports = new HashMap<>();
    private long since;
    private long now;
    private long panicSince = Long.MAX_VALUE;
    private boolean changed = true;

    /** @param from start of the comparison, epoch milliseconds; changes before it only set the state at the start */
    DiscoveryTrack(PanicPolicy panicPolicy, BalancingStrategy strategy, long from) {
        this.panicPolicy = panicPolicy;
        this.sampler = new PickSampler(strategy, this::connections);
        this.from = from;
        this.since = from;
    }

    private record TrackedInstance(
            String id, int weight, String zone, BalancingStatus status, boolean isOverdue, boolean isOnTrial)
            implements BalancedInstance {

        static TrackedInstance of(String id, ReplayedInstance instance) {
            var state = instance.state();
            return new TrackedInstance(
                    id,
                    instance.weight(),
                    instance.zone(),
                    status(state.status()),
                    state.lease() == LeaseState.OVERDUE,
                    state.breaker() == BreakerState.HALF_OPEN);
        }

        private static BalancingStatus status(InstanceStatus status) {
            return BalancingStatus.of(status.jsonName());
        }
    }

    /**
     * Last numbers of connections that an instance reported.
     *
     * @param at time of the report, epoch milliseconds
     * @param connections number in the report
     * @param previous number before the report
     */
    private record ConnectionReport(long at, int connections, int previous) {

        int before(long time) {
            return at < time ? connections : previous;
        }
    }

    /**
     * Result of a track: who was discovered when.
     *
     * @param spans times in which each instance was discovered, by id; instances that never were have none
     * @param panics times in which the service was in panic
     * @param picks share of the first choices by id, over the whole time
     */
    record TrackResult(Map<String, List<TimeSpan>> spans, List<TimeSpan> panics, Map<String, Double> picks) {}

    /** Sets an instance; null if it is not present any more. */
    void update(long at, String id, @Nullable ReplayedInstance instance) {
        settle(at);
        changed = true;
        if (instance == null) {
            present.remove(id);
        } else {
            present.put(id, TrackedInstance.of(id, instance));
            spans.computeIfAbsent(id, _ -> new ArrayList<>());
        }
    }

    /** Receives a number of connections that an instance reported. */
    void report(long at, String id, int connections) {
        var last = reports.get(id);
        reports.put(id, new ConnectionReport(at, connections, last == null ? 0 : last.before(at)));
    }

    /** Ends the track and returns the result. */
    TrackResult end(long at) {
        settle(at);
        List.copyOf(discoveredSince.keySet()).forEach(id -> close(id, at));
        if (panicSince < at) {
            panics.add(new TimeSpan(panicSince, at));
        }
        double length = Math.max(1, at - from);
        var picks = new TreeMap<String, Double>();
        pickMillis.forEach((id, millis) -> picks.put(id, millis / length));
        return new TrackResult(spans, panics, picks);
    }

    /** Applies the changes at the last time, which lasted until this time. */
    private void settle(long at) {
        if (at <= since) {
            return;
        }
        if (changed) {
            apply();
            changed = false;
        }
        long lasted = at - since;
        now = at;
        sampler.shares(eligible).forEach((id, share) -> pickMillis.merge(id, share * lasted, Double::sum));
        since = at;
    }

    private void apply() {
        int inService = 0;
        int healthy = 0;
        for (var instance : present.values()) {
            inService += instance.status().isInService() ? 1 : 0;
            healthy += instance.status().isHealthy() ? 1 : 0;
        }
        boolean panic = panicPolicy.panics(inService, healthy);
        eligible = present.values().stream()
                .filter(instance -> EligibilityPolicy.isEligible(instance, panic, false))
                .toList();
        var discovered = new HashMap<String, Long>();
        eligible.forEach(instance -> discovered.put(instance.id(), since));
        List.copyOf(discoveredSince.keySet()).stream()
                .filter(id -> !discovered.containsKey(id))
                .forEach(id -> close(id, since));
        discovered.forEach(discoveredSince::putIfAbsent);
        if (panic) {
            panicSince = Math.min(panicSince, since);
        } else if (panicSince < since) {
            panics.add(new TimeSpan(panicSince, since));
            panicSince = Long.MAX_VALUE;
        }
    }

    /** Returns the number of connections that was known before the present time. */
    private int connections(String id) {
        var last = reports.get(id);
        return last == null ? 0 : last.before(now);
    }

    private void close(String id, long at) {
        Long began = discoveredSince.remove(id);
        if (began != null && began < at) {
            spans.computeIfAbsent(id, _ -> new ArrayList<>()).add(new TimeSpan(began, at));
        }
    }
}
