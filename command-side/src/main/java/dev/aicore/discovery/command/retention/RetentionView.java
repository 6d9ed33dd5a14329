package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.command.retention.Retention.Done;
import dev.aicore.discovery.command.retention.Retention.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of observations.
 *
 * @param floor position from which on none was dropped
 * @param count how many partitions there are; the oldest are told
 * @param bytes of all of them
 * @param partitions oldest first
 * @param dropped by this run; null if none was asked for
 * @param asked what shards were asked to do by this run
 * @param failure why this run dropped no more
 */
record RetentionView(
        long floor,
        int count,
        long bytes,
        List<Kept> partitions,
        @Nullable List<Gone> dropped,
        @Nullable List<String> asked,
        @Nullable String failure) {

    /**
     * A partition.
     *
     * @param ageSeconds since its last observation was recorded; null if it has none
     * @param verdict {@code keep} or {@code drop}
     */
    record Kept(
            long fromPosition,
            long toPosition,
            long bytes,
            @Nullable Instant recordedFrom,
            @Nullable Instant recordedTo,
            @Nullable Long ageSeconds,
            String verdict,
            String reason) {}

    /** A partition that is gone. */
    record Gone(
            long fromPosition,
            long toPosition,
            long rows,
            long bytes,
            @Nullable String archive) {}

    static RetentionView of(Planned planned) {
        var look = planned.look();
        return new RetentionView(look.floor(), look.count(), look.bytes(), kept(planned), null, null, null);
    }

    static RetentionView of(Done done) {
        var look = done.left().look();
        var dropped = done.dropped().stream()
                .map(gone -> new Gone(
                        gone.partition().from(),
                        gone.partition().to(),
                        gone.rows(),
                        gone.partition().bytes(),
                        gone.archive()))
                .toList();
        return new RetentionView(
                look.floor(), look.count(), look.bytes(), kept(done.left()), dropped, done.asked(), done.failure());
    }

    private static List<Kept> kept(Planned planned) {
        return planned.plan().verdicts().stream()
                .map(verdict -> kept(verdict, planned.look().at()))
                .toList();
    }

    private static Kept kept(RetentionPlan.Verdict verdict, Instant now) {
        var partition = verdict.partition();
        var last = partition.last();
        return new Kept(
                partition.from(),
                partition.to(),
                partition.bytes(),
                partition.first(),
                last,
                last == null ? null : Math.max(0, Duration.between(last, now).toSeconds()),
                verdict.drop() ? "drop" : "keep",
                verdict.reason());
    }
}
