package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the gate in front of every route, known or not, and keeps the caller with the request. */
final class GuardFilter implements WebFilter, Ordered {
    private final RequestGuard guard;

    GuardFilter(RequestGuard guard) {
        this.guard = guard;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return guard.admit(exchange.getRequest())
                .switchIfEmpty(
                        Mono.error(() -> new RegistryException(ErrorCode.UNAUTHORIZED, "The caller is not let in.")))
                .flatMap(caller -> {
                    exchange.getAttributes()
                            .put(CallerArgument.ATTRIBUTE, caller.because(Reason.of(exchange.getRequest())));
                    return chain.filter(exchange);
                });
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
