package dev.aicore.discovery.config.access;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the gate in front of every route, known or not, and keeps the caller with the request. */
final class GuardFilter implements WebFilter, Ordered {
    private final Gate gate;
    private final Authorizer authorizer;

    GuardFilter(Gate gate, Authorizer authorizer) {
        this.gate = gate;
        this.authorizer = authorizer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var asked = authorizer.find(request.getMethod(), request.getPath().pathWithinApplication());
        return gate.admit(request, asked).flatMap(caller -> {
            exchange.getAttributes().put(CallerArgument.ATTRIBUTE, caller);
            if (asked != null) {
                exchange.getAttributes().put(UnlistedRoutes.LISTED, true);
            }
            return chain.filter(exchange);
        });
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
