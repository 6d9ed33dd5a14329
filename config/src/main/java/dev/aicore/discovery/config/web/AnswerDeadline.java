package dev.aicore.discovery.config.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Ends requests that take too long, so that whatever hangs, no caller and no connection hangs with it. */
final class AnswerDeadline implements WebFilter, Ordered {
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 5;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Duration timeout;

    AnswerDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).timeout(timeout, Mono.error(this::tooLate));
    }

    private RegistryException tooLate() {
        return new RegistryException(
                ErrorCode.TIMED_OUT,
                "This was not answered within " + timeout.toMillis() + " ms. Whether a write took effect is not known.",
                RETRY_AFTER);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
