package dev.aicore.discovery.config.telemetry;

import io.micrometer.tracing.Span.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Creates a span for each recorded request, which ends when the response begins. The span is part of the caller's trace
 * if the request names one (W3C {@code traceparent}), and is recorded if the caller records its own. Of the other
 * requests a share is recorded, and those of admins that ask for it. The attributes have the names that OpenTelemetry
 * defines for HTTP servers.
 */
public final class RequestTracer {

    /** Header by which an admin has a request recorded, with the value {@code true}. */
    public static final String FORCE_HEADER = "X-Trace";

    private static final String SPAN = RequestTracer.class.getName();
    private static final String UNCONFIRMED = SPAN + ".unconfirmed";

    private final TraceRecorder recorder;

    RequestTracer(TraceRecorder recorder) {
        this.recorder = recorder;
    }

    /** Begins the span of a request. The request's attributes must exist already. */
    public void begin(ServerHttpRequest request) {
        if (!recorder.isEnabled()) {
            return;
        }
        var method = request.getMethod().name();
        var parent = TraceContext.parse(request.getHeaders().getFirst(TraceContext.HEADER));
        var span = parent == null
                ? recorder.sample(method, Kind.SERVER)
                : recorder.continueTrace(parent, method, Kind.SERVER);
        if (span == null && "true".equals(request.getHeaders().getFirst(FORCE_HEADER))) {
            span = recorder.force(method, Kind.SERVER);
            request.getAttributes().put(UNCONFIRMED, true);
        }
        if (span != null) {
            request.getAttributes().put(SPAN, span.tag("http.request.method", method));
        }
    }

    /** Returns the span of a request, to which decisions can be added; null if the request isn't recorded. */
    public static @Nullable TracedSpan of(ServerHttpRequest request) {
        return request.getAttributes().get(SPAN) instanceof TracedSpan span ? span : null;
    }

    /**
     * Returns the span of a request that is certainly recorded; null otherwise. Another process that receives its id
     * records its part of the request as well.
     */
    public static @Nullable TracedSpan confirmedOf(ServerHttpRequest request) {
        return request.getAttributes().containsKey(UNCONFIRMED) ? null : of(request);
    }

    /**
     * Returns the position of a request in its trace: its span, or else the one that its caller names; null if it
     * belongs to no trace.
     */
    public static @Nullable TraceContext contextOf(ServerHttpRequest request) {
        var span = of(request);
        return span == null ? TraceContext.parse(request.getHeaders().getFirst(TraceContext.HEADER)) : span.context();
    }

    /**
     * Decides whether a request is recorded now that its caller is known: only admins may ask for it.
     *
     * @return {@code traceparent} of the request's span; null if it isn't recorded
     */
    public static @Nullable String confirm(ServerHttpRequest request, boolean admin) {
        var span = of(request);
        if (span == null) {
            return null;
        }
        if (request.getAttributes().remove(UNCONFIRMED) != null && !admin) {
            request.getAttributes().remove(SPAN);
            span.discard();
            return null;
        }
        return span.context().traceParent();
    }

    /**
     * Ends the span of a request. A second call does nothing.
     *
     * @param route template of the route
     */
    public void end(ServerHttpRequest request, String method, String route, String status) {
        if (recorder.isEnabled()
                && request.getAttributes().remove(SPAN) instanceof TracedSpan span
                && request.getAttributes().remove(UNCONFIRMED) == null) {
            span.name(method + ' ' + route)
                    .tag("http.route", route)
                    .tag("http.response.status_code", status)
                    .end();
        }
    }
}
