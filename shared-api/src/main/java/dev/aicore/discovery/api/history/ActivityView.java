package dev.aicore.discovery.api.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Number of changes over time.
 *
 * @param from start of the window
 * @param to end of the window
 * @param bucketMs length of a bucket in milliseconds
 * @param complete false if the window has so many changes that the oldest of them were not counted
 * @param buckets buckets with changes, the oldest first
 * @param previous position of the last change before {@code around}; null if there is none, or {@code around} is absent
 * @param next position of the first change after {@code around}; null if there is none, or {@code around} is absent
 */
public record ActivityView(
        Instant from,
        Instant to,
        long bucketMs,
        boolean complete,
        List<Bucket> buckets,
        @Nullable Long previous,
        @Nullable Long next) {

    public ActivityView {
        buckets = List.copyOf(buckets);
    }

    /**
     * Changes within one bucket.
     *
     * @param index number of the bucket, from 0; it begins at {@code from} plus {@code index} times {@code bucketMs}
     * @param changes number of changes, at least 1
     * @param byAction number of changes by action
     * @param firstPosition position of the first change
     * @param lastPosition position of the last change
     */
    public record Bucket(int index, long changes, Map<String, Long> byAction, long firstPosition, long lastPosition) {}
}
