package dev.aicore.discovery.access;

import dev.aicore.discovery.web.ResponseWriter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Sends the writes that WebFlux receives to the owner of the event store, if this node isn't it. */
final class OwnerRelayFilter implements WebFilter, Ordered {

    /** Attribute with the permission of the request's route. */
    static final String ROUTE = OwnerRelayFilter.class.getName();

    private final OwnerRelay ownerRelay;

    OwnerRelayFilter(OwnerRelay ownerRelay) {
        this.ownerRelay = ownerRelay;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!(exchange.getAttribute(ROUTE) instanceof RoutePermission route) || !ownerRelay.isNeeded(route)) {
            return chain.filter(exchange);
        }
        exchange.getAttributes()
                .put(
                        HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
                        PathPatternParser.defaultInstance.parse(route.template()));
        return ownerRelay
                .relay(exchange.getRequest(), route, request -> Mono.just(answerOf(request, exchange, chain)))
                .flatMap(answer -> answer.to(exchange.getResponse()));
    }

    private static ResponseWriter answerOf(
            ServerHttpRequest request, ServerWebExchange exchange, WebFilterChain chain) {
        return _ -> chain.filter(exchange.mutate().request(request).build());
    }

    /** Runs after access control and after the checks of the path. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 30;
    }
}
