package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.config.telemetry.RequestMetrics;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Measures and traces each request until its answer begins, on the hot path and in WebFlux alike. */
final class RequestInstrumentation {

    private final RequestMetrics metrics;
    private final RequestTracer tracer;
    private final TimeSource time;

    RequestInstrumentation(RequestMetrics metrics, RequestTracer tracer, TimeSource time) {
        this.metrics = metrics;
        this.tracer = tracer;
        this.time = time;
    }

    /**
     * Starts the trace of a request, whose attributes must be set already.
     *
     * @return the start of the request on the monotonic clock, in nanoseconds
     */
    long begin(ServerHttpRequest request) {
        long began = time.nanos();
        tracer.begin(request);
        return began;
    }

    /**
     * Records that the answer of a request begins.
     *
     * @param route path template of the route
     * @param began value that {@link #begin} returned
     */
    void end(ServerHttpRequest request, String method, String route, String status, long began) {
        var span = RequestTracer.of(request);
        if (span == null) {
            metrics.record(method, route, status, began);
        } else {
            span.run(() -> metrics.record(method, route, status, began));
        }
        tracer.end(request, method, route, status);
    }
}
