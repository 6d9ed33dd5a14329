package dev.aicore.discovery.config.metrics;

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

/** Counts and times requests. */
public final class RequestMetrics {

    /** The status of a caller who left before the answer began. */
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

    /** @param enabled false records nothing */
    RequestMetrics(MeterRegistry registry, boolean enabled, TimeSource time) {
        this.registry = registry;
        this.enabled = enabled;
        this.time = time;
    }

    private record ResponseKey(String method, String route, String status) {}

    private record Meters(Counter requests, Timer duration) {}

    /**
     * A request whose answer begins now.
     *
     * @param method bounded in number, as are the others
     * @param route the template of its route
     * @param began when its head was there, by the monotonic clock
     */
    public void record(String method, String route, String status, long began) {
        if (!enabled) {
            return;
        }
        var of = meters.computeIfAbsent(new ResponseKey(method, route, status), this::meters);
        of.requests().increment();
        of.duration().record(time.nanos() - began, TimeUnit.NANOSECONDS);
    }

    /** The status that an answer has, or will have. */
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
                // The registry gives the same timer for each status.
                Timer.builder(DURATION)
                        .description("Time from the request's head to the beginning of its answer.")
                        .tag("method", responseKey.method())
                        .tag("route", responseKey.route())
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }
}
