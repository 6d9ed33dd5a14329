package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.config.metrics.RequestMetrics;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.tracing.RequestTracer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Meters and traces each request until its answer begins, whichever lane it takes. */
final class RequestInstrumentation {

    private final RequestMetrics metrics;
    private final RequestTracer tracer;
    private final TimeSource time;

    RequestInstrumentation(RequestMetrics metrics, RequestTracer tracer, TimeSource time) {
        this.metrics = metrics;
        this.tracer = tracer;
        this.time = time;
    }

    /** When it begins, by the monotonic clock; its attributes must be there already. */
    long begin(ServerHttpRequest request) {
        long began = time.nanos();
        tracer.begin(request);
        return began;
    }

    /**
     * Its answer begins.
     *
     * @param route the template of its route
     * @param began what {@link #begin} said
     */
    void end(ServerHttpRequest request, String method, String route, String status, long began) {
        metrics.record(method, route, status, began);
        tracer.end(request, method, route, status);
    }
}
