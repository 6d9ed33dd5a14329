package dev.aicore.discovery.config.lane;

import dev.aicore.discovery.config.metrics.RequestMeter;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.tracing.RequestTracing;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Meters and traces each request until its answer begins, whichever lane it takes. */
final class Bookkeeping {

    private final RequestMeter meter;
    private final RequestTracing tracing;
    private final TimeSource time;

    Bookkeeping(RequestMeter meter, RequestTracing tracing, TimeSource time) {
        this.meter = meter;
        this.tracing = tracing;
        this.time = time;
    }

    /** When it begins, by the monotonic clock; its attributes must be there already. */
    long begin(ServerHttpRequest request) {
        long began = time.nanos();
        tracing.begin(request);
        return began;
    }

    /**
     * Its answer begins.
     *
     * @param route the template of its route
     * @param began what {@link #begin} said
     */
    void end(ServerHttpRequest request, String method, String route, String status, long began) {
        meter.record(method, route, status, began);
        tracing.end(request, method, route, status);
    }
}
