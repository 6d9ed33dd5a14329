package dev.aicore.discovery.config.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records spans in memory. */
public final class RecordedTraces implements AutoCloseable {

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder().addSpanProcessor(new MemoryProcessor()).build();

    /** Returns a recorder of all new traces. */
    public TraceRecorder recorder() {
        return recorder(1);
    }

    /** Returns a recorder of a share of new traces. */
    public TraceRecorder recorder(double share) {
        return new TraceRecorder(TracingConfiguration.tracer(provider), share, new Random(1));
    }

    /** Begins a new trace. */
    public TracedSpan begin(String name) {
        return Objects.requireNonNull(recorder().force(name, null));
    }

    /** Returns the names of all spans that have begun. */
    public List<String> begun() {
        return List.copyOf(begun);
    }

    /** Returns the spans that have ended, in the order of their ends. */
    public List<SpanData> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void close() {
        provider.close();
    }

    private final class MemoryProcessor implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            begun.add(span.getName());
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
