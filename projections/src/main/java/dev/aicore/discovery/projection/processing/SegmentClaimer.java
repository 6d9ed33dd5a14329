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
 * Claims segments again that no node processes after a failure. Axon itself doubles its wait after each failure, up to
 * a minute, and doesn't notice that the store is back.
 */
final class SegmentClaimer {

    /** Interval of the claims. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SegmentClaimer.class);

    private final String projection;
    private final ProjectionFaults projectionFaults;
    private final Supplier<Set<Integer>> claimable;
    private final Map<Integer, CompletableFuture<Boolean>> claims = new ConcurrentHashMap<>();
    private volatile long attempts;

    /**
     * @param claimable returns the segments that no other node processes; blocks, and fails while the store is
     *     unavailable
     */
    SegmentClaimer(String projection, ProjectionFaults projectionFaults, Supplier<Set<Integer>> claimable) {
        this.projection = projection;
        this.projectionFaults = projectionFaults;
        this.claimable = claimable;
    }

    /**
     * Claims unprocessed segments. To be called by one thread, once per {@link #INTERVAL}; blocks while this node lacks
     * segments.
     *
     * @param complete true if this node processes all segments
     */
    void restore(StreamingEventProcessor processor, boolean complete) {
        var missing = complete ? Set.<Integer>of() : missing(processor);
        if (missing != null && missing.isEmpty()) {
            logRecovery();
            return;
        }
        long attempt = attempts + 1;
        attempts = attempt;
        // A starting node claims its segments one after the other: those still missing at the second attempt are lost.
        if (attempt == 2) {
            LOG.warn(
                    "Projection {} stopped: {} It retries every {} s; its recovery is logged.",
                    projection,
                    projectionFaults.worst().map(ProjectionFaults.Fault::detail).orElse("The store is unavailable."),
                    INTERVAL.toSeconds());
        }
        if (missing != null) {
            missing.forEach(segment -> claim(processor, segment));
        }
    }

    /** Forgets lost segments, because this node processes none at present. */
    void stop() {
        attempts = 0;
    }

    /** Returns true if a segment is lost: no other node is known to process it. */
    boolean hasLostSegments() {
        return attempts > 1;
    }

    /** Returns the claimable segments that this node doesn't process; null while the store is unavailable. */
    private @Nullable Set<Integer> missing(StreamingEventProcessor processor) {
        try {
            var missing = new TreeSet<>(claimable.get());
            missing.removeAll(processor.processingStatus().keySet());
            return missing;
        } catch (RuntimeException away) {
            LOG.debug("Failed to read the segments of {}: {}", projection, away.getMessage());
            return null;
        }
    }

    private void claim(StreamingEventProcessor processor, int segment) {
        var last = claims.get(segment);
        // Axon queues claims without a bound and processes them one by one.
        if (last == null || last.isDone()) {
            var _ = claims.put(segment, processor.claimSegment(segment));
        }
    }

    private void logRecovery() {
        if (attempts > 1) {
            LOG.info("Projection {} recovered after {} attempts.", projection, attempts);
        }
        attempts = 0;
    }
}
