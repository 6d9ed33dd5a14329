package dev.aicore.discovery.config.telemetry;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Creates a span for each request, which ends when the response begins. The span is part of the caller's trace if the
 * request names one (W3C {@code traceparent}). The attributes have the names that OpenTelemetry defines for HTTP
 * servers.
 */
public final class RequestTracer {

    private static final String SPAN = RequestTracer.class.getName();

    private final @Nullable Propagator propagator;

    /** @param propagator propagator of traces; null if nothing is traced */
    RequestTracer(@Nullable Propagator propagator) {
        this.propagator = propagator;
    }

    /** Begins the span of a request. The request's attributes must exist already. */
    public void begin(ServerHttpRequest request) {
        if (propagator == null) {
            return;
        }
        var span = propagator
                .extract(request.getHeaders(), HttpHeaders::getFirst)
                .kind(Span.Kind.SERVER)
                .name(request.getMethod().name())
                .tag("http.request.method", request.getMethod().name())
                .start();
        request.getAttributes().put(SPAN, span);
    }

    /**
     * Returns the span of a request, to which decisions can be added; a span that does nothing if the request isn't
     * traced.
     */
    public static Span of(ServerHttpRequest request) {
        return request.getAttributes().get(SPAN) instanceof Span span ? span : Span.NOOP;
    }

    /**
     * Returns the position of a request in its trace: its span, or else the one that its caller names; null if it
     * belongs to no trace.
     */
    public static @Nullable TraceContext contextOf(ServerHttpRequest request) {
        if (request.getAttributes().get(SPAN) instanceof Span span) {
            return of(span);
        }
        return TraceContext.parse(request.getHeaders().getFirst(TraceContext.HEADER));
    }

    /** Returns the {@code traceparent} of a request's span; null if the span is not recorded. */
    public static @Nullable String traceParentOf(ServerHttpRequest request) {
        return request.getAttributes().get(SPAN) instanceof Span span && !span.isNoop() ? of(span).traceParent() : null;
    }

    private static TraceContext of(Span span) {
        var context = span.context();
        return new TraceContext(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    /**
     * Ends the span of a request. A second call does nothing.
     *
     * @param route template of the route
     */
    public void end(ServerHttpRequest request, String method, String route, String status) {
        if (propagator != null && request.getAttributes().remove(SPAN) instanceof Span span) {
            span.name(method + ' ' + route)
                    .tag("http.route", route)
                    .tag("http.response.status_code", status)
                    .end();
        }
    }
}
