package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.IdGenerator;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Assigns an id to each request: the caller's {@code X-Request-Id} if it is well-formed (1 to 128 characters of
 * {@code A-Za-z0-9._-}), otherwise a new one. Answers, problems, logs and history contain it.
 */
public final class RequestIdFilter implements WebFilter, Ordered {
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIdFilter.class.getName();
    private static final AsciiSet CHARACTERS = AsciiSet.of("[A-Za-z0-9._-]");
    private static final int MAX_LENGTH = 128;

    private final IdGenerator idGenerator;

    public RequestIdFilter(IdGenerator idGenerator) {
        this.idGenerator = idGenerator;
    }

    /** Returns the id of a request; {@code none} if it has none yet. */
    public static String of(ServerHttpRequest request) {
        return request.getAttributes().get(ATTRIBUTE) instanceof String id ? id : "none";
    }

    /** Assigns the id of a request that doesn't pass the filters, and stores it for {@link #of}. */
    public String assign(ServerHttpRequest request) {
        String given = request.getHeaders().getFirst(HEADER);
        String id = given != null && isWellFormed(given)
                ? given
                : idGenerator.next().toString();
        request.getAttributes().put(ATTRIBUTE, id);
        return id;
    }

    private static boolean isWellFormed(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && CHARACTERS.containsAll(id);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, assign(exchange.getRequest()));
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
