package dev.aicore.discovery.web;

import dev.aicore.discovery.config.settings.CorsSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Adds security headers to each answer, and the CORS headers for pages of other sites. Runs in front of all filters.
 * Answers CORS preflight requests itself, before authentication.
 */
public final class SecurityHeadersHandler implements HttpHandler {

    static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** Policy of the API's interactive documentation, which runs its own scripts and sets its own styles. */
    static final String POLICY_OF_PAGES = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> PAGES = List.of("/docs", "/swagger-ui", "/webjars/");
    private static final String POLICY_HEADER = "Content-Security-Policy";

    private final HttpHandler delegate;
    private final CorsPolicy corsPolicy;
    private final @Nullable String transport;

    /**
     * Creates a handler.
     *
     * @param delegate handler that answers the requests
     */
    public SecurityHeadersHandler(HttpHandler delegate, CorsSettings cors, TlsSettings tls) {
        this.delegate = delegate;
        this.corsPolicy = new CorsPolicy(cors);
        this.transport = tls.enabled() && !tls.hstsMaxAge().isZero()
                ? "max-age=" + tls.hstsMaxAge().toSeconds()
                : null;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        secure(response.getHeaders(), isPage(request.getURI().getRawPath()));
        return corsPolicy.apply(request, response) ? response.setComplete() : delegate.handle(request, response);
    }

    private void secure(HttpHeaders headers, boolean page) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(POLICY_HEADER, page ? POLICY_OF_PAGES : POLICY);
        if (transport != null) {
            headers.set("Strict-Transport-Security", transport);
        }
    }

    private static boolean isPage(String path) {
        for (var page : PAGES) {
            if (path.startsWith(page)) {
                return true;
            }
        }
        return false;
    }
}
