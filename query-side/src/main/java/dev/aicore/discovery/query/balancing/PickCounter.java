package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.balancing.PickBatch.Count;
import dev.aicore.discovery.query.balancing.PickBatch.PickKey;
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
 * Counts this node's picks between two flushes. To count costs no lock and keeps nobody waiting; everything else is for flushes and
 * for those who ask.
 *
 * <p>Bounded: beyond so many counters picks are counted of their service and strategy and of no instance, and beyond twice as many not
 * at all. Counters that weren't touched for a minute make room.
 *
 * <p>A reset takes what was counted before it. What this node has counted since its last flush is of one piece: if a reset is found to
 * have happened meanwhile, all of it goes that is of the service. So a reset is right to within the picks between two flushes.
 */
final class PickCounter {

    /** Nobody knows yet how far the store is. */
    private static final long UNKNOWN = -1;

    private static final int MAX_IDLE_BATCHES = 6;

    private final TimeSource time;
    private final int maxCounters;
    private final Map<PickKey, Counter> counters = new ConcurrentHashMap<>();

    private final Map<String, Long> resets = new HashMap<>();
    private @Nullable PickBatch frozen;
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

    /** @param mostCounters of service, strategy and instance; requests at the same moment may exceed it by their number */
    PickCounter(TimeSource time, int mostCounters) {
        this.time = time;
        this.maxCounters = mostCounters;
    }

    /**
     * Counts one. Never blocks.
     *
     * @param strategy by its word
     */
    void picked(String strategy, String service, String instance) {
        var key = new PickKey(service, strategy, instance);
        var known = counters.get(key);
        var counter = known == null ? make(key) : known;
        if (counter != null) {
            counter.picks.increment();
            if (counter.retired) {
                carryOver(key, counter);
            }
        }
    }

    /** What was counted by a counter that was being retired just then. Either this sees it, or {@link #take} does. */
    private synchronized void carryOver(PickKey key, Counter retired) {
        long late = retired.picks.sum() - retired.taken;
        retired.taken += late;
        var fresh = late == 0 ? null : make(key);
        if (fresh != null) {
            fresh.picks.add(late);
        }
    }

    private @Nullable Counter make(PickKey key) {
        if (counters.size() < maxCounters) {
            return counters.computeIfAbsent(key, _ -> new Counter(time.now()));
        }
        var together = key.together();
        var known = counters.get(together);
        return known != null || counters.size() >= 2 * maxCounters
                ? known
                : counters.computeIfAbsent(together, _ -> new Counter(time.now()));
    }

    /**
     * What is to be written down next: the same until it {@link #written is}. Without counts if there is nothing, or if it isn't known
     * yet how far the store is.
     */
    synchronized PickBatch freeze() {
        if (frozen != null) {
            sentBefore = true;
            return frozen;
        }
        if (mark == UNKNOWN) {
            return new PickBatch(0, List.of());
        }
        var counts = take();
        mark = Math.max(mark, nextMark);
        sentBefore = false;
        if (counts.isEmpty()) {
            return new PickBatch(0, List.of());
        }
        frozen = new PickBatch(++number, counts);
        return frozen;
    }

    /**
     * The batch is written down.
     *
     * @param upTo position up to which resets were done by then
     */
    synchronized void written(PickBatch batch, long upTo) {
        nextMark = Math.max(nextMark, upTo);
        if (mark == UNKNOWN || !sentBefore) {
            // What is counted now was begun just before: but for those moments, it is of the time behind that position.
            mark = Math.max(mark, nextMark);
        }
        resets.values().removeIf(reset -> reset <= mark);
        if (frozen != null && frozen.number() == batch.number()) {
            frozen = null;
        }
    }

    /** What isn't written down of a service, as far as this node knows: at most two batches. */
    synchronized List<PickBatch> unwritten(String service) {
        Predicate<Count> ofService = count -> count.key().service().equals(service);
        var batches = new ArrayList<PickBatch>(2);
        if (frozen != null) {
            batches.add(new PickBatch(
                    frozen.number(), frozen.counts().stream().filter(ofService).toList()));
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

    /** The service was reset: what this node counted of it before it knew is taken back, and what follows is of the time after. */
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

    private List<Count> take() {
        // A counter that is retired may have a successor before this is through.
        var counts = new HashMap<PickKey, Count>();
        counters.entrySet().removeIf(entry -> {
            var counter = entry.getValue();
            take(entry.getKey(), counter, counts);
            if (counter.idle++ < MAX_IDLE_BATCHES) {
                return false;
            }
            counter.retired = true;
            take(entry.getKey(), counter, counts);
            return true;
        });
        return List.copyOf(counts.values());
    }

    private void take(PickKey key, Counter counter, Map<PickKey, Count> counts) {
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
