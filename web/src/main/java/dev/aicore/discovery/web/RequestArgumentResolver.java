package dev.aicore.discovery.web;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets controllers take {@link JsonBody}, {@link TypedJsonBody} and {@link QueryParameters} as arguments. */
final class RequestArgumentResolver implements HandlerMethodArgumentResolver {
    private final IncompleteBodyLimit bodyLimit;

    RequestArgumentResolver(IncompleteBodyLimit bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == JsonBody.class || type == TypedJsonBody.class || type == QueryParameters.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> {
            var request = exchange.getRequest();
            if (parameter.getParameterType() == QueryParameters.class) {
                return QueryParameters.of(request);
            }
            var jsonBody = bodyLimit.of(request);
            return parameter.getParameterType() == JsonBody.class ? jsonBody : typed(jsonBody, parameter);
        });
    }

    private static TypedJsonBody<?> typed(JsonBody jsonBody, MethodParameter parameter) {
        var type = ResolvableType.forMethodParameter(parameter).getGeneric().toClass();
        return new TypedJsonBody<>(jsonBody, type.asSubclass(Record.class));
    }
}
