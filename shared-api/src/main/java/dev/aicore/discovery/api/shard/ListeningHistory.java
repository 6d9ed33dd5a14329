package dev.aicore.discovery.api.shard;

import java.util.List;

/**
 * When the registry could hear the instances of a shard. All times are epoch milliseconds on the clock that leases run by.
 *
 * @param since from when on that is known
 * @param gaps when they couldn't be heard since then, in order and apart from each other
 */
public record ListeningHistory(long since, List<Gap> gaps) {

    /** Nothing is known. */
    public static final ListeningHistory UNKNOWN = new ListeningHistory(Long.MAX_VALUE, List.of());

    /**
     * A time in which nothing could be heard.
     *
     * @param start when it began
     * @param end when it was over
     */
    public record Gap(long start, long end) {}

    public ListeningHistory {
        gaps = List.copyOf(gaps);
    }

    /**
     * Returns when the registry will have listened for that long, if there is no further gap; {@link Long#MAX_VALUE} if that isn't
     * known.
     *
     * @param from it is counted from here, or from {@link #since} if that is later
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
