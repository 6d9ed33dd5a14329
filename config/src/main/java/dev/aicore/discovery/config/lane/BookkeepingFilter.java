package dev.aicore.discovery.config.lane;

import dev.aicore.discovery.config.metrics.RequestMeter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps the books of what WebFlux answers, of those that the gate refuses too. Routes are told by their templates, since callers
 * can make up paths without end.
 */
final class BookkeepingFilter implements WebFilter, Ordered {

    private final Bookkeeping books;

    BookkeepingFilter(Bookkeeping books) {
        this.books = books;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long began = books.begin(exchange.getRequest());
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> end(exchange, began, RequestMeter.status(response))));
        return chain.filter(exchange).doOnCancel(() -> {
            if (!response.isCommitted()) {
                end(exchange, began, RequestMeter.CANCELLED);
            }
        });
    }

    private void end(ServerWebExchange exchange, long began, String status) {
        books.end(exchange.getRequest(), Route.method(exchange), Route.of(exchange), status, began);
    }

    /** Before the gate. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
