package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.discovery.PickBatch;
import dev.aicore.discovery.readmodel.discovery.PickBatch.Count;
import dev.aicore.discovery.readmodel.discovery.PickBatch.PickKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts this node's picks between two flushes. Counting takes no lock, except if the counter is being removed at the
 * same time. The other methods serve flushes and statistics.
 *
 * <p>Bounded: beyond the maximum number of counters, picks are counted per service and strategy without instance;
 * beyond twice that number they aren't counted. Counters that weren't used for a minute are removed.
 *
 * <p>A reset discards what was counted before it. The counts since the last flush are one unit: if a reset happened in
 * between, all counts of the service are discarded. So a reset is exact to within the picks between two flushes.
 */
final class PickCounter {

    /** Marks that the position of the store isn't known yet. */
    private static final long UNKNOWN = -1;

    private static final int MAX_IDLE_BATCHES = 6;

    private final TimeSource time;
    private final int maxCounters;
    private final Map<PickKey, Counter> counters = new ConcurrentHashMap<>();

    private final Map<String, Long> resets = new HashMap<>();
    private @Nullable PickBatch pendingBatch;
    private boolean sentBefore;
    private long number;
    private long mark = UNKNOWN;
    private long nextMark = UNKNOWN;

    private static final class Counter {

        private final LongAdder picks = new LongAdder();
        private final Instant begun;
        private volatile boolean retired;
        private long taken;
        private int idle;

        Counter(Instant begun) {
            this.begun = begun;
        }
    }

    /**
     * Creates an empty counter.
     *
     * @param maxCounters maximum number of keys (service, strategy, instance); concurrent requests may exceed it by
     * their number
     */
    PickCounter(TimeSource time, int maxCounters) {
        this.time = time;
        this.maxCounters = maxCounters;
    }

    /**
     * Counts one pick. Never waits for a flush.
     *
     * @param strategy name of the strategy
     */
    void picked(String strategy, String service, String instance) {
        var key = new PickKey(service, strategy, instance);
        var known = counters.get(key);
        var counter = known == null ? createCounter(key) : known;
        if (counter != null) {
            counter.picks.increment();
            if (counter.retired) {
                movePicks(key, counter);
            }
        }
    }

    /**
     * Moves the picks that were counted while the counter was being removed. They are seen either here or by
     * {@link #drain}.
     */
    private synchronized void movePicks(PickKey key, Counter retired) {
        long late = retired.picks.sum() - retired.taken;
        retired.taken += late;
        var fresh = late == 0 ? null : createCounter(key);
        if (fresh != null) {
            fresh.picks.add(late);
        }
    }

    private @Nullable Counter createCounter(PickKey key) {
        if (counters.size() < maxCounters) {
            return counters.computeIfAbsent(key, _ -> new Counter(time.now()));
        }
        var together = key.unattributed();
        var known = counters.get(together);
        return known != null || counters.size() >= 2 * maxCounters
                ? known
                : counters.computeIfAbsent(together, _ -> new Counter(time.now()));
    }

    /**
     * Returns the next batch to persist, the same until it {@link #markPersisted is persisted}. The batch is empty if
     * there are no counts, or if the store's position isn't known yet.
     */
    synchronized PickBatch nextBatch() {
        if (pendingBatch != null) {
            sentBefore = true;
            return pendingBatch;
        }
        if (mark == UNKNOWN) {
            return new PickBatch(0, List.of());
        }
        var counts = drain();
        mark = Math.max(mark, nextMark);
        sentBefore = false;
        if (counts.isEmpty()) {
            return new PickBatch(0, List.of());
        }
        pendingBatch = new PickBatch(++number, counts);
        return pendingBatch;
    }

    /**
     * Records that the batch has been persisted.
     *
     * @param upTo position up to which resets had been applied by then
     */
    synchronized void markPersisted(PickBatch batch, long upTo) {
        nextMark = Math.max(nextMark, upTo);
        if (mark == UNKNOWN || !sentBefore) {
            // The present counts began just before, so apart from these moments they belong to the time after that
            // position.
            mark = Math.max(mark, nextMark);
        }
        resets.values().removeIf(reset -> reset <= mark);
        if (pendingBatch != null && pendingBatch.number() == batch.number()) {
            pendingBatch = null;
        }
    }

    /** Returns the counts of a service that this node hasn't persisted, as far as it knows: at most two batches. */
    synchronized List<PickBatch> unpersisted(String service) {
        Predicate<Count> ofService = count -> count.key().service().equals(service);
        var batches = new ArrayList<PickBatch>(2);
        if (pendingBatch != null) {
            batches.add(new PickBatch(
                    pendingBatch.number(),
                    pendingBatch.counts().stream().filter(ofService).toList()));
        }
        var counts = new ArrayList<Count>();
        counters.forEach((key, counter) -> {
            long picks = counter.picks.sum() - counter.taken;
            if (picks > 0 && key.service().equals(service)) {
                counts.add(new Count(key, picks, counter.begun, since(service)));
            }
        });
        batches.add(new PickBatch(number + 1, counts));
        return batches;
    }

    /**
     * Records a reset of the service: discards this node's unpersisted counts from before it was known; later picks
     * belong to the time after the reset.
     */
    synchronized void reset(String service, long position) {
        if (since(service) >= position) {
            return;
        }
        resets.put(service, position);
        counters.forEach((key, counter) -> {
            if (key.service().equals(service)) {
                counter.taken = counter.picks.sum();
            }
        });
    }

    private List<Count> drain() {
        // A removed counter may get a successor before this loop ends, so counts are merged by key.
        var counts = new HashMap<PickKey, Count>();
        counters.entrySet().removeIf(entry -> {
            var counter = entry.getValue();
            drain(entry.getKey(), counter, counts);
            if (counter.idle++ < MAX_IDLE_BATCHES) {
                return false;
            }
            counter.retired = true;
            drain(entry.getKey(), counter, counts);
            return true;
        });
        return List.copyOf(counts.values());
    }

    private void drain(PickKey key, Counter counter, Map<PickKey, Count> counts) {
        long picks = counter.picks.sum() - counter.taken;
        if (picks > 0) {
            counter.taken += picks;
            counter.idle = 0;
            counts.merge(
                    key,
                    new Count(key, picks, counter.begun, since(key.service())),
                    (one, other) -> new Count(key, one.picks() + other.picks(), one.begun(), one.since()));
        }
    }

    private long since(String service) {
        return mark == UNKNOWN ? Long.MAX_VALUE : Math.max(mark, resets.getOrDefault(service, 0L));
    }
}
