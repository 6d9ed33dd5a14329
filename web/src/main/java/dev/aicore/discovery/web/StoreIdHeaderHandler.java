package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** In front of everything: names in each answer of the API the store that positions are of, since in another one they mean nothing. */
public final class StoreIdHeaderHandler implements HttpHandler {

    /** The header. */
    public static final String NAME = "X-Registry-Store";

    private static final String API = "/api/";

    private final HttpHandler answers;
    private final String incarnation;

    /**
     * The same answers, with the header.
     *
     * @param answers whoever answers the requests
     * @param incarnation that of the store, as long as the process runs
     */
    public StoreIdHeaderHandler(HttpHandler answers, String incarnation) {
        this.answers = answers;
        this.incarnation = incarnation;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        if (request.getURI().getRawPath().startsWith(API)) {
            response.getHeaders().set(NAME, incarnation);
        }
        return answers.handle(request, response);
    }
}
