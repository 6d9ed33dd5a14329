package dev.aicore.discovery.server.openapi;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Serves the document and its pages on threads that may block, because they are read from files and jars. */
final class BlockingRouteFilter implements WebFilter, Ordered {

    private static final List<String> PREFIXES = List.of("/openapi", "/docs", "/swagger-ui", "/webjars/");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var answer = chain.filter(exchange);
        return isOurs(exchange.getRequest().getURI().getRawPath())
                ? answer.subscribeOn(Schedulers.boundedElastic())
                : answer;
    }

    private static boolean isOurs(String path) {
        return PREFIXES.stream().anyMatch(path::startsWith);
    }

    /** Returns an order after access control. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
