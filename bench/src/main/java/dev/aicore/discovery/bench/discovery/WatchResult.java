package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.ArrivalQueue.Arrival;
import dev.aicore.discovery.bench.discovery.ChangeGenerator.WatchedChange;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Result of changes at their watchers.
 *
 * @param round latencies from the sending of a change's request to each of its events; an event that is missing,
 *     repeated, or received by a watcher of another service is an error
 */
record WatchResult(LoadRound round, double longestMillis) {

    private static final long MAX_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;

    private record Event(int watcher, long position) {}

    /** @param lost number of other errors */
    static WatchResult of(Collection<WatchedChange> changes, Collection<Arrival> arrivals, long lost, double seconds) {
        Map<Long, WatchedChange> byPosition = new HashMap<>();
        changes.forEach(watchedChange -> byPosition.put(watchedChange.position(), watchedChange));
        var seen = new HashSet<Event>();
        var took = new Histogram(MAX_NANOS, DIGITS);
        long surplus = 0;
        for (var arrival : arrivals) {
            var change = byPosition.get(arrival.position());
            if (change != null
                    && change.isFor(arrival.watcher())
                    && seen.add(new Event(arrival.watcher(), arrival.position()))) {
                took.recordValue(Math.clamp(arrival.nanos() - change.nanos(), 0, MAX_NANOS));
            } else {
                surplus++;
            }
        }
        long missed = changes.stream().mapToLong(WatchedChange::watchers).sum() - seen.size();
        return new WatchResult(
                new LoadRound(
                        seen.size(),
                        surplus + missed + lost,
                        seconds,
                        millis(took.getValueAtPercentile(50)),
                        millis(took.getValueAtPercentile(99)),
                        millis(took.getValueAtPercentile(99.9))),
                millis(took.getMaxValue()));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
