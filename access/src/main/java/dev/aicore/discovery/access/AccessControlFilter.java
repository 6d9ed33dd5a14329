package dev.aicore.discovery.access;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Applies {@link AccessControl} in front of every path, known or unknown, and stores the caller in the exchange. */
final class AccessControlFilter implements WebFilter, Ordered {
    private final AccessControl accessControl;
    private final Authorizer authorizer;

    AccessControlFilter(AccessControl accessControl, Authorizer authorizer) {
        this.accessControl = accessControl;
        this.authorizer = authorizer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var permission = authorizer.find(request.getMethod(), request.getPath().pathWithinApplication());
        return accessControl.authorize(request, permission).flatMap(caller -> {
            exchange.getAttributes().put(CallerArgumentResolver.ATTRIBUTE, caller);
            if (permission != null) {
                exchange.getAttributes().put(DefaultDenyCheck.LISTED, true);
                exchange.getAttributes().put(OwnerRelayFilter.ROUTE, permission);
            }
            return chain.filter(exchange);
        });
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
