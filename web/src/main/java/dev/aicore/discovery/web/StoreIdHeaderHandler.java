package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Adds a header with the store's id to each answer of the API, because positions have no meaning in another store. Runs
 * in front of all filters.
 */
public final class StoreIdHeaderHandler implements HttpHandler {

    /** Name of the header. */
    public static final String NAME = "X-Registry-Store";

    private static final String API = "/api/";

    private final HttpHandler delegate;
    private final String incarnation;

    /**
     * Creates a handler.
     *
     * @param delegate handler that answers the requests
     * @param incarnation id of the store, which doesn't change while the process runs
     */
    public StoreIdHeaderHandler(HttpHandler delegate, String incarnation) {
        this.delegate = delegate;
        this.incarnation = incarnation;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        if (request.getURI().getRawPath().startsWith(API)) {
            response.getHeaders().set(NAME, incarnation);
        }
        return delegate.handle(request, response);
    }
}
