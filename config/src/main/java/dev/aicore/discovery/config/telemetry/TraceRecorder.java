package dev.aicore.discovery.config.telemetry;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans: parts of a trace that is recorded already, or traces of their own, of which a share is recorded. A span
 * that isn't recorded isn't created.
 */
public final class TraceRecorder {

    private static final TraceRecorder DISABLED = new TraceRecorder(null, 0, () -> 0);

    private final @Nullable Tracer tracer;
    private final double share;
    private final RandomGenerator random;

    /**
     * Creates a recorder.
     *
     * @param tracer null to record nothing; must record every span
     * @param share share of the new traces that are recorded, 0 to 1
     * @param random must be thread-safe
     */
    TraceRecorder(@Nullable Tracer tracer, double share, RandomGenerator random) {
        this.tracer = tracer;
        this.share = share;
        this.random = random;
    }

    /** Returns a recorder that records nothing. */
    public static TraceRecorder disabled() {
        return DISABLED;
    }

    /** Returns true if anything is recorded. */
    public boolean isEnabled() {
        return tracer != null;
    }

    /**
     * Begins a span of a recorded trace.
     *
     * @param traceParent position in the trace as W3C Trace Context writes it
     * @param kind null for a span within this process
     * @return null if nothing is recorded, or the trace is not sampled
     */
    public @Nullable TracedSpan continueTrace(@Nullable String traceParent, String name, Span.@Nullable Kind kind) {
        return tracer == null || traceParent == null
                ? null
                : continueTrace(TraceContext.parse(traceParent), name, kind);
    }

    /**
     * Begins a span of a recorded trace.
     *
     * @param kind null for a span within this process
     * @param links positions of other spans
     * @return null if nothing is recorded, or the trace is not sampled
     */
    public @Nullable TracedSpan continueTrace(
            @Nullable TraceContext parent, String name, Span.@Nullable Kind kind, List<TraceContext> links) {
        return tracer == null || parent == null || !parent.sampled()
                ? null
                : TracedSpan.start(
                        tracer, tracer.spanBuilder().setParent(parent.toMicrometer(tracer)), name, kind, links);
    }

    /** Begins a new trace, if it belongs to the share that is recorded; null otherwise. */
    public @Nullable TracedSpan sample(String name, Span.@Nullable Kind kind) {
        return tracer == null || share <= 0 || (share < 1 && random.nextDouble() >= share) ? null : force(name, kind);
    }

    /** Begins a new trace; null if nothing is recorded. */
    @Nullable
    TracedSpan force(String name, Span.@Nullable Kind kind) {
        return tracer == null
                ? null
                : TracedSpan.start(tracer, tracer.spanBuilder().setNoParent(), name, kind, List.of());
    }

    @Nullable
    TracedSpan continueTrace(@Nullable TraceContext parent, String name, Span.@Nullable Kind kind) {
        return continueTrace(parent, name, kind, List.of());
    }
}
