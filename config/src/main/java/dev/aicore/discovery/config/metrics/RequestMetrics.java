package dev.aicore.discovery.config.metrics;

import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts and times every request, those that the gate refuses among them, until its answer begins. Routes are told by their
 * templates, since callers can make up paths without end.
 */
final class RequestMetrics implements WebFilter, Ordered {

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
        meter.record(Route.method(exchange), Route.of(exchange), status, began);
    }

    /** Before the gate. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
