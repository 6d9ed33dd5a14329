package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Denies every route that the table of permissions doesn't list, to admins too: a route that is missing there is
 * closed, not open. Paths without a route, and methods that a path doesn't support, get their usual errors.
 */
final class DefaultDenyCheck implements HandlerMapping, Ordered {

    /** Attribute that marks a request whose route the table lists. */
    static final String LISTED = DefaultDenyCheck.class.getName();

    private final ObjectProvider<RequestMappingHandlerMapping> routes;

    DefaultDenyCheck(ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.routes = routes;
    }

    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        return isListed(exchange) ? Mono.empty() : deny(exchange);
    }

    private static boolean isListed(ServerWebExchange exchange) {
        return exchange.getAttribute(LISTED) != null;
    }

    private Mono<Object> deny(ServerWebExchange exchange) {
        return routes.getObject()
                .getHandler(exchange)
                .flatMap(_ -> Mono.error(new RegistryException(
                        ErrorCode.FORBIDDEN, "This route is not in the permission table: no caller may use it.")))
                .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
