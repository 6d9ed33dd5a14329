package dev.aicore.discovery.config.web;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets controllers take {@link Body} and {@link Query} as arguments. */
final class RequestArguments implements HandlerMethodArgumentResolver {
    private final PendingBodies bodies;

    RequestArguments(PendingBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Body.class || type == Query.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> parameter.getParameterType() == Body.class
                ? bodies.of(exchange.getRequest())
                : Query.of(exchange.getRequest()));
    }
}
