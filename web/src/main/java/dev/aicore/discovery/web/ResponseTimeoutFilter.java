package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Ends requests that take too long, so that no caller and no connection waits for a stalled component. Only the start
 * of a stream is bounded; afterwards the stream lasts as long as its caller likes.
 */
public final class ResponseTimeoutFilter implements WebFilter, Ordered {
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 5;

    private static final String EXTENSION = ResponseTimeoutFilter.class.getName() + ".extension";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Duration timeout;

    ResponseTimeoutFilter(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return withStartTimeout(chain.filter(exchange), exchange.getResponse(), extension(exchange.getAttributes()));
    }

    /**
     * Permits a request to take longer by the time for which it waits for a change, as its caller wishes.
     *
     * @param patience maximum time of the wait, which the route has bounded
     */
    public static void extend(ServerWebExchange exchange, Duration patience) {
        exchange.getAttributes().put(EXTENSION, patience);
    }

    /** Does the same for a request on the hot path, and in WebFlux, where it has the attributes of its exchange. */
    public static void extend(ServerHttpRequest request, Duration patience) {
        request.getAttributes().put(EXTENSION, patience);
    }

    /**
     * Returns the answer, which fails with {@code timed_out} if it isn't complete in time, or hasn't begun in time if
     * it is a stream.
     */
    public Mono<Void> withStartTimeout(Mono<Void> answer, ServerHttpResponse response) {
        return withStartTimeout(answer, response, Mono.just(0L));
    }

    private <T> Mono<Void> withStartTimeout(Mono<Void> answer, ServerHttpResponse response, Mono<T> extension) {
        var deadline = Mono.delay(timeout).flatMap(_ -> isStreaming(response) ? Mono.never() : extension);
        return answer.timeout(deadline, Mono.error(this::tooLate));
    }

    /** Returns the answer to a request, which fails with {@code timed_out} if it isn't available in time. */
    public <T> Mono<T> withTimeout(Mono<T> answer, ServerHttpRequest request) {
        return answer.timeout(Mono.delay(timeout).then(extension(request.getAttributes())), Mono.error(this::tooLate));
    }

    private static Mono<Long> extension(Map<String, Object> attributes) {
        return Mono.defer(() -> Mono.delay((Duration) attributes.getOrDefault(EXTENSION, Duration.ZERO)));
    }

    private static boolean isStreaming(ServerHttpResponse response) {
        return response.isCommitted()
                && StreamingResponseWriter.isOf(response.getHeaders().getContentType());
    }

    private RegistryException tooLate() {
        return new RegistryException(
                ErrorCode.TIMED_OUT,
                "The request was not answered within " + timeout.toMillis() + " ms. A write may have taken effect.",
                RETRY_AFTER);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
