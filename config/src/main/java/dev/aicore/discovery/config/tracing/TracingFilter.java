package dev.aicore.discovery.config.tracing;

import dev.aicore.discovery.config.metrics.RequestMeter;
import dev.aicore.discovery.config.metrics.Route;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives each request that WebFlux answers its span. */
final class TracingFilter implements WebFilter, Ordered {

    private final RequestTracing tracing;

    TracingFilter(RequestTracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        tracing.begin(exchange.getRequest());
        response.beforeCommit(() -> Mono.fromRunnable(() -> end(exchange, RequestMeter.status(response))));
        return chain.filter(exchange).doOnCancel(() -> end(exchange, RequestMeter.CANCELLED));
    }

    private void end(ServerWebExchange exchange, String status) {
        tracing.end(exchange.getRequest(), Route.method(exchange), Route.of(exchange), status);
    }

    /** Before the gate. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
