package dev.aicore.discovery.web;

import dev.aicore.discovery.config.settings.CorsSettings;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Tells browsers which pages of other sites may use the API (CORS). Never allows credentials that the browser adds,
 * such as cookies: a page itself sets the headers with tokens and keys.
 */
final class CorsPolicy {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Accept, Accept-Datetime, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID,"
                    + " traceparent, X-API-Key, X-Reason, X-Request-Id";
    private static final String EXPOSED_HEADERS =
            "ETag, Location, Memento-Datetime, Retry-After, X-Registry-Index, X-Registry-Position, X-Registry-Store,"
                    + " X-Request-Id";

    private final Set<String> origins;
    private final boolean anyOrigin;
    private final String maxAge;

    CorsPolicy(CorsSettings settings) {
        this.origins = Set.copyOf(settings.allowedOrigins());
        this.anyOrigin = settings.allowedOrigins().equals(List.of(CorsSettings.ANY_ORIGIN));
        this.maxAge = Long.toString(settings.maxAge().toSeconds());
    }

    /**
     * Adds the headers that a browser needs to the answer.
     *
     * @return true if the request was a preflight: the answer is complete, with an empty body
     */
    boolean apply(ServerHttpRequest request, ServerHttpResponse response) {
        if (origins.isEmpty()) {
            return false;
        }
        HttpHeaders headers = response.getHeaders();
        if (!anyOrigin) {
            // At commit, because the handler of the request may set Vary itself and would overwrite this value.
            response.beforeCommit(() -> Mono.fromRunnable(() -> headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN)));
        }
        String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        if (origin == null || !(anyOrigin || origins.contains(origin))) {
            return false;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, anyOrigin ? CorsSettings.ANY_ORIGIN : origin);
        if (!isPreflight(request)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
            return false;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, maxAge);
        response.setStatusCode(HttpStatus.NO_CONTENT);
        return true;
    }

    private static boolean isPreflight(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }
}
