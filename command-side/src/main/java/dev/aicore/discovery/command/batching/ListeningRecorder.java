package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.shard.ListeningHistory.Gap;
import java.util.ArrayList;
import java.util.List;

/** Writes down when the instances of a shard couldn't be heard. For use by many threads. */
final class ListeningRecorder {

    /** Of older ones it is only known that they were: nothing is counted before them. */
    private static final int MAX_GAPS = 256;

    private volatile ListeningHistory known = ListeningHistory.UNKNOWN;

    /** Returns what is known now. */
    ListeningHistory known() {
        return known;
    }

    /** Begins anew: they can be heard from then on. */
    synchronized void begin(long now) {
        known = new ListeningHistory(now, List.of());
    }

    /** Notes that nothing could be heard between two times; what overlaps with an earlier gap counts once. */
    synchronized void miss(long from, long to) {
        var before = known;
        var gaps = new ArrayList<>(before.gaps());
        long start =
                Math.max(from, gaps.isEmpty() ? before.since() : gaps.getLast().end());
        if (start >= to) {
            return;
        }
        gaps.add(new Gap(start, to));
        known = gaps.size() <= MAX_GAPS
                ? new ListeningHistory(before.since(), gaps)
                : new ListeningHistory(gaps.getFirst().end(), gaps.subList(1, gaps.size()));
    }
}
