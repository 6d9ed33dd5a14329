package dev.aicore.discovery.config.metrics;

import dev.aicore.discovery.config.time.TimeSource;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
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

    private static final String NO_ROUTE = "none";
    private static final String OTHER_METHOD = "other";
    private static final List<HttpMethod> METHODS = Arrays.asList(HttpMethod.values());

    private final RequestMeter meter;
    private final TimeSource time;

    RequestMetrics(RequestMeter meter, TimeSource time) {
        this.meter = meter;
        this.time = time;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long began = time.nanos();
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> record(exchange, began, RequestMeter.status(response))));
        return chain.filter(exchange).doOnCancel(() -> {
            if (!response.isCommitted()) {
                record(exchange, began, RequestMeter.CANCELLED);
            }
        });
    }

    private void record(ServerWebExchange exchange, long began, String status) {
        meter.record(method(exchange.getRequest().getMethod()), route(exchange), status, began);
    }

    private static String method(HttpMethod method) {
        return METHODS.contains(method) ? method.name() : OTHER_METHOD;
    }

    private static String route(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                ? pattern.getPatternString()
                : NO_ROUTE;
    }

    /** Before the gate. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
