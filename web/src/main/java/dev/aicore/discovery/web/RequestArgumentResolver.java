package dev.aicore.discovery.web;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets controllers take {@link JsonBody} and {@link QueryParameters} as arguments. */
final class RequestArgumentResolver implements HandlerMethodArgumentResolver {
    private final IncompleteBodyLimit bodyLimit;

    RequestArgumentResolver(IncompleteBodyLimit bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == JsonBody.class || type == QueryParameters.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> parameter.getParameterType() == JsonBody.class
                ? bodyLimit.of(exchange.getRequest())
                : QueryParameters.of(exchange.getRequest()));
    }
}
