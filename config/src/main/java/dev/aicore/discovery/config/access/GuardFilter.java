package dev.aicore.discovery.config.access;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the gate in front of every route, known or not, and keeps the caller with the request. */
final class GuardFilter implements WebFilter, Ordered {
    private final Gate gate;

    GuardFilter(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return gate.admit(exchange.getRequest()).flatMap(caller -> {
            exchange.getAttributes().put(CallerArgument.ATTRIBUTE, caller);
            return chain.filter(exchange);
        });
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
