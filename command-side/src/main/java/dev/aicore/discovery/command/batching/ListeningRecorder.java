package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.shard.ListeningHistory.Gap;
import java.util.ArrayList;
import java.util.List;

/** Records when the instances of a shard could not reach the registry. Thread-safe. */
final class ListeningRecorder {

    /** Maximum number of gaps. When an older gap is dropped, the recorded history begins after its end. */
    private static final int MAX_GAPS = 256;

    private volatile ListeningHistory history = ListeningHistory.UNKNOWN;

    /** Returns the history recorded so far. */
    ListeningHistory known() {
        return history;
    }

    /** Restarts the history at {@code now}, in epoch milliseconds, without gaps. */
    synchronized void begin(long now) {
        history = new ListeningHistory(now, List.of());
    }

    /**
     * Records that no heartbeat could be received between two times, in epoch milliseconds. Time that overlaps an
     * earlier gap counts once.
     */
    synchronized void miss(long from, long to) {
        var before = history;
        var gaps = new ArrayList<>(before.gaps());
        long start =
                Math.max(from, gaps.isEmpty() ? before.since() : gaps.getLast().end());
        if (start >= to) {
            return;
        }
        gaps.add(new Gap(start, to));
        history = gaps.size() <= MAX_GAPS
                ? new ListeningHistory(before.since(), gaps)
                : new ListeningHistory(gaps.getFirst().end(), gaps.subList(1, gaps.size()));
    }
}
