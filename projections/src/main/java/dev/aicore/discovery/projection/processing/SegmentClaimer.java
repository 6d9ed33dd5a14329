package dev.aicore.discovery.projection.processing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the segments again that nobody works on after a failure. Axon itself waits twice as long after each failure, up to a minute,
 * and doesn't learn that the store is back.
 */
final class SegmentClaimer {

    /** How often they are claimed. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SegmentClaimer.class);

    private final String projection;
    private final ProjectionFaults projectionFaults;
    private final Supplier<Set<Integer>> claimable;
    private final Map<Integer, CompletableFuture<Boolean>> claims = new ConcurrentHashMap<>();
    private volatile long attempts;

    /** @param claimable the segments that no other node works on; blocks, and fails while the store is away */
    SegmentClaimer(String projection, ProjectionFaults projectionFaults, Supplier<Set<Integer>> claimable) {
        this.projection = projection;
        this.projectionFaults = projectionFaults;
        this.claimable = claimable;
    }

    /**
     * Claims what nobody works on. To be called by one thread, once per {@link #INTERVAL}; blocks while it isn't complete.
     *
     * @param complete whether this node works on all segments
     */
    void restore(StreamingEventProcessor processor, boolean complete) {
        var missing = complete ? Set.<Integer>of() : missing(processor);
        if (missing != null && missing.isEmpty()) {
            logRecovery();
            return;
        }
        long attempt = attempts + 1;
        attempts = attempt;
        // A start claims its segments one after the other: what is still missing at the second look is lost.
        if (attempt == 2) {
            LOG.warn(
                    "Projection {} can't go on: {} It tries again every {} s, and tells when it does.",
                    projection,
                    projectionFaults.worst().map(ProjectionFaults.Fault::detail).orElse("the store can't be used."),
                    INTERVAL.toSeconds());
        }
        if (missing != null) {
            missing.forEach(segment -> claim(processor, segment));
        }
    }

    /** Whether a segment is lost, which no other node is known to work on. */
    boolean areLost() {
        return attempts > 1;
    }

    /** Null while the store doesn't tell. */
    private @Nullable Set<Integer> missing(StreamingEventProcessor processor) {
        try {
            var missing = new TreeSet<>(claimable.get());
            missing.removeAll(processor.processingStatus().keySet());
            return missing;
        } catch (RuntimeException away) {
            LOG.debug("The segments of {} can't be asked for: {}", projection, away.getMessage());
            return null;
        }
    }

    private void claim(StreamingEventProcessor processor, int segment) {
        var last = claims.get(segment);
        // Axon queues claims without a bound, and works them off one by one.
        if (last == null || last.isDone()) {
            var _ = claims.put(segment, processor.claimSegment(segment));
        }
    }

    private void logRecovery() {
        if (attempts > 1) {
            LOG.info("Projection {} goes on, after {} attempts.", projection, attempts);
        }
        attempts = 0;
    }
}
