package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.config.telemetry.RequestMetrics;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Measures and traces the requests that WebFlux handles, including the requests that access control denies. Labels them
 * with the route's template, because callers can make up any number of paths.
 */
final class RequestInstrumentationFilter implements WebFilter, Ordered {

    private final RequestInstrumentation instrumentation;

    RequestInstrumentationFilter(RequestInstrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long began = instrumentation.begin(exchange.getRequest());
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> end(exchange, began, RequestMetrics.status(response))));
        var handled = chain.filter(exchange).doOnCancel(() -> {
            if (!response.isCommitted()) {
                end(exchange, began, RequestMetrics.CANCELLED);
            }
        });
        var span = RequestTracer.of(exchange.getRequest());
        return span == null ? handled : handled.contextWrite(span::addTo);
    }

    private void end(ServerWebExchange exchange, long began, String status) {
        instrumentation.end(exchange.getRequest(), RouteLabel.method(exchange), RouteLabel.of(exchange), status, began);
    }

    /** Runs before access control. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
