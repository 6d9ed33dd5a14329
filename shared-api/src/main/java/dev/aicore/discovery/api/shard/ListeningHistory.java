package dev.aicore.discovery.api.shard;

import java.util.List;

/**
 * Times in which the registry could receive heartbeats of a shard's instances. All times are epoch milliseconds on the
 * clock of the leases.
 *
 * @param since start of the known history
 * @param gaps times since then in which nothing could be received, in order and without overlap
 */
public record ListeningHistory(long since, List<Gap> gaps) {

    /** Unknown history. */
    public static final ListeningHistory UNKNOWN = new ListeningHistory(Long.MAX_VALUE, List.of());

    /**
     * Time in which nothing could be received.
     *
     * @param start start of the gap
     * @param end end of the gap
     */
    public record Gap(long start, long end) {}

    public ListeningHistory {
        gaps = List.copyOf(gaps);
    }

    /**
     * Returns the time at which the registry will have listened for {@code millis}, if no further gap occurs;
     * {@link Long#MAX_VALUE} if the history is unknown.
     *
     * @param from start of the count; {@link #since} if that is later
     * @param millis 0 or more
     */
    public long listenedUntil(long from, long millis) {
        if (since == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long begin = Math.max(from, since);
        long missed = 0;
        for (int i = gaps.size() - 1; i >= 0 && gaps.get(i).end() > begin; i--) {
            missed += gaps.get(i).end() - Math.max(gaps.get(i).start(), begin);
        }
        return begin + missed + millis;
    }
}
