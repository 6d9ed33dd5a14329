package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses paths with invalid UTF-8 or control characters, so that path variables contain neither. */
final class PathValidationFilter implements WebFilter, Ordered {
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String raw = exchange.getRequest().getURI().getRawPath();
        String problem = raw == null ? null : problem(raw);
        if (problem == null) {
            return chain.filter(exchange);
        }
        return Mono.error(new RegistryException(
                ErrorCode.BAD_REQUEST,
                "The path " + problem + ".",
                new FieldError(
                        "path", problem, DisplayText.abbreviate(String.valueOf(raw)), "percent-encoded UTF-8 text")));
    }

    private static @Nullable String problem(String raw) {
        String decoded = PercentDecoder.decode(raw);
        return decoded == null ? "is not well-formed" : TextConstraint.findCharacterProblem(decoded);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
