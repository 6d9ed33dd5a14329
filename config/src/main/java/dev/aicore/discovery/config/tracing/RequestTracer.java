package dev.aicore.discovery.config.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A span for each request until its answer begins, within its caller's trace if the request names one (W3C {@code traceparent}).
 * Names of attributes are OpenTelemetry's for HTTP servers.
 */
public final class RequestTracer {

    private static final String SPAN = RequestTracer.class.getName();

    private final @Nullable Propagator propagator;

    /** @param propagator null if nothing is traced */
    RequestTracer(@Nullable Propagator propagator) {
        this.propagator = propagator;
    }

    /** Begins the span of a request, whose attributes must be there already. */
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

    /** The span of a request, to be told what was decided; one that does nothing if the request isn't traced. */
    public static Span of(ServerHttpRequest request) {
        return request.getAttributes().get(SPAN) instanceof Span span ? span : Span.NOOP;
    }

    /**
     * Ends it; once more does nothing.
     *
     * @param route the template of its route
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
