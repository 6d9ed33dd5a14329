package dev.aicore.discovery.config.telemetry;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Span.Kind;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Span that is recorded, to which parts of the registry add children. There is no such object where nothing is
 * recorded, so that tracing costs a comparison with null there. Blocking code finds the span of its thread, reactive
 * code that of its subscriber's context. Names and tags have no values of statements.
 */
public final class TracedSpan {

    private static final String KEY = TracedSpan.class.getName();
    private static final String SYSTEM = "db.system.name";
    private static final ThreadLocal<@Nullable TracedSpan> CURRENT = new ThreadLocal<>();

    private final Tracer tracer;
    private final Span span;

    /** True from the end on, or if it turns out that the caller may not have the request recorded. */
    private volatile boolean closed;

    private TracedSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    static TracedSpan start(
            Tracer tracer, Span.Builder builder, String name, @Nullable Kind kind, List<TraceContext> links) {
        var named = builder.name(name);
        for (var link : links) {
            named.addLink(new Link(link.toMicrometer(tracer)));
        }
        return new TracedSpan(tracer, (kind == null ? named : named.kind(kind)).start());
    }

    /** Returns the span of the thread; null if it has none. */
    public static @Nullable TracedSpan current() {
        return CURRENT.get();
    }

    /** Returns the span of a subscriber; null if it has none, or it has ended, as that of a stream that still reads. */
    public static @Nullable TracedSpan of(ContextView context) {
        TracedSpan span = context.isEmpty() ? null : context.getOrDefault(KEY, null);
        return span == null || span.closed ? null : span;
    }

    /** Begins a child of the thread's span for a statement; null if the thread has no span. */
    public static @Nullable TracedSpan beginStatement(String name) {
        var parent = CURRENT.get();
        return parent == null ? null : parent.child(name, Kind.CLIENT).tag(SYSTEM, "postgresql");
    }

    /** Ends a span, with the failure if there is one; does nothing for null. */
    public static void end(@Nullable TracedSpan span, @Nullable Throwable failure) {
        if (span != null) {
            if (failure != null) {
                span.fail(failure);
            }
            span.end();
        }
    }

    /**
     * Records a reactive statement as a child of its subscriber's span, if there is one.
     *
     * @param name supplier of the statement's name, called only if the statement is recorded
     * @param system name of the store, such as {@code postgresql}
     */
    public static <T> Mono<T> record(Supplier<String> name, String system, Mono<T> statement) {
        return Mono.deferContextual(context -> {
            var parent = of(context);
            if (parent == null) {
                return statement;
            }
            var child = parent.child(name.get(), Kind.CLIENT).tag(SYSTEM, system);
            // Ends before the subscriber gets the result, of which it may make an answer that ends the parent.
            return statement.doOnError(child::fail).doOnTerminate(child::end).doOnCancel(child::end);
        });
    }

    /** Returns a context with this span, for {@link #of}. */
    public Context addTo(Context context) {
        return context.put(KEY, this);
    }

    /** Runs an action with this span as that of the thread. */
    public <T> T run(Supplier<T> action) {
        var before = CURRENT.get();
        CURRENT.set(this);
        try {
            return action.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Runs an action with this span as that of the thread. */
    public void run(Runnable action) {
        run(() -> {
            action.run();
            return true;
        });
    }

    /**
     * Begins a child.
     *
     * @param kind null for a span within this process
     */
    public TracedSpan child(String name, @Nullable Kind kind) {
        return child(name, kind, List.of());
    }

    /** Begins a child with links to other spans. */
    public TracedSpan child(String name, @Nullable Kind kind, List<TraceContext> links) {
        return start(tracer, tracer.spanBuilder().setParent(span.context()), name, kind, links);
    }

    public TracedSpan name(String name) {
        span.name(name);
        return this;
    }

    public TracedSpan tag(String key, String value) {
        span.tag(key, value);
        return this;
    }

    public TracedSpan tag(String key, long value) {
        span.tag(key, value);
        return this;
    }

    /** Marks the span as failed, with the class of the failure. Its message, which Micrometer adds, may be secret. */
    public void fail(Throwable failure) {
        OtelSpan.toOtel(span).setStatus(StatusCode.ERROR);
        span.tag("error.type", failure.getClass().getName());
    }

    public void end() {
        closed = true;
        span.end();
    }

    /** Returns the position of this span in its trace. */
    public TraceContext context() {
        var context = span.context();
        return new TraceContext(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    /** Drops the span, which must not be ended then: spans that don't end aren't sent. No children are added. */
    void discard() {
        closed = true;
    }
}
