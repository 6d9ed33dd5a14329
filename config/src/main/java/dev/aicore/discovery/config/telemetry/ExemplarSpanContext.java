package dev.aicore.discovery.config.telemetry;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Names the recorded span of the thread to the exemplars of histograms. */
final class ExemplarSpanContext implements SpanContext {

    @Override
    public @Nullable String getCurrentTraceId() {
        var span = TracedSpan.current();
        return span == null ? null : span.context().traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        var span = TracedSpan.current();
        return span == null ? null : span.context().spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return TracedSpan.current() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // The span is exported in any case.
    }
}
