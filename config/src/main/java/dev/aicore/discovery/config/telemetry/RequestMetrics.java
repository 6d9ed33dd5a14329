package dev.aicore.discovery.config.telemetry;

import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** Counts requests and measures their durations. */
public final class RequestMetrics {

    /** Status of a request whose client disconnected before the response began. */
    public static final String CANCELLED = "cancelled";

    static final String REQUESTS = "service_discovery.requests";
    static final String DURATION = "service_discovery.request.duration";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final boolean enabled;
    private final TimeSource time;
    private final Map<ResponseKey, Meters> meters = new ConcurrentHashMap<>();

    /** @param enabled false to record nothing */
    RequestMetrics(MeterRegistry registry, boolean enabled, TimeSource time) {
        this.registry = registry;
        this.enabled = enabled;
        this.time = time;
    }

    private record ResponseKey(String method, String route, String status) {}

    private record Meters(Counter requests, Timer duration) {}

    /**
     * Records a request whose response begins now.
     *
     * @param method method; its number of values must be bounded, as those of route and status
     * @param route template of the route
     * @param status status of the response, or {@link #CANCELLED}
     * @param began monotonic time in nanoseconds at which the request's head was received
     */
    public void record(String method, String route, String status, long began) {
        if (!enabled) {
            return;
        }
        var of = meters.computeIfAbsent(new ResponseKey(method, route, status), this::meters);
        of.requests().increment();
        of.duration().record(time.nanos() - began, TimeUnit.NANOSECONDS);
    }

    /** Returns the status that a response has or will have. */
    public static String status(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return status == null ? "200" : Integer.toString(status.value());
    }

    private Meters meters(ResponseKey responseKey) {
        return new Meters(
                Counter.builder(REQUESTS)
                        .description("Requests by route and status.")
                        .tag("method", responseKey.method())
                        .tag("route", responseKey.route())
                        .tag("status", responseKey.status())
                        .register(registry),
                // The registry returns the same timer for every status.
                Timer.builder(DURATION)
                        .description("Time from the head of the request to the start of the response.")
                        .tag("method", responseKey.method())
                        .tag("route", responseKey.route())
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }
}
