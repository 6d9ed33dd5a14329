package dev.aicore.discovery.config.metrics;

import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Counts and times every request, those that the gate refuses among them, until its answer begins. Routes are told by their
 * templates, since callers can make up paths without end.
 */
final class RequestMetrics implements WebFilter, Ordered {
    static final String REQUESTS = "service_discovery.requests";
    static final String DURATION = "service_discovery.request.duration";

    private static final String NO_ROUTE = "none";
    private static final String OTHER_METHOD = "other";
    /** Of a caller who left before the answer began. */
    private static final String CANCELLED = "cancelled";

    private static final List<HttpMethod> METHODS = Arrays.asList(HttpMethod.values());
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
    private final TimeSource time;
    private final Map<Answered, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Asked, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    private record Asked(String method, String route) {}

    private record Answered(Asked asked, String status) {}

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long began = time.nanos();
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> record(exchange, began, status(exchange))));
        return chain.filter(exchange).doOnCancel(() -> {
            if (!exchange.getResponse().isCommitted()) {
                record(exchange, began, CANCELLED);
            }
        });
    }

    private void record(ServerWebExchange exchange, long began, String status) {
        var asked = new Asked(method(exchange.getRequest().getMethod()), route(exchange));
        counters.computeIfAbsent(new Answered(asked, status), this::counter).increment();
        timers.computeIfAbsent(asked, this::timer).record(Duration.ofNanos(time.nanos() - began));
    }

    private Counter counter(Answered answered) {
        return Counter.builder(REQUESTS)
                .description("Requests by route and status.")
                .tag("method", answered.asked().method())
                .tag("route", answered.asked().route())
                .tag("status", answered.status())
                .register(registry);
    }

    private Timer timer(Asked asked) {
        return Timer.builder(DURATION)
                .description("Time from the request's head to the beginning of its answer.")
                .tag("method", asked.method())
                .tag("route", asked.route())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String method(HttpMethod method) {
        return METHODS.contains(method) ? method.name() : OTHER_METHOD;
    }

    private static String route(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                ? pattern.getPatternString()
                : NO_ROUTE;
    }

    private static String status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? "200" : Integer.toString(status.value());
    }

    /** Before the gate. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
