package dev.aicore.discovery.web;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Sets the {@link LogContext} of the requests that WebFlux handles. */
final class LogContextFilter implements WebFilter, Ordered {

    /** Installs the hook for the whole process, because Reactor has one. */
    void install() {
        LogContext.installScheduleHook();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return LogContext.open(exchange.getRequest(), chain.filter(exchange));
    }

    /** Runs after the filters that assign the request's id and begin its span. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
