package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Authenticates every HTTP request, both on the hot path and in WebFlux. {@code GET /health} and the pages of the web
 * UI are open to every caller. An unknown path is denied like a known one.
 */
public interface RequestAuthenticator {
    /**
     * Authenticates a request. Never blocks.
     *
     * @return the caller; fails with a {@link dev.aicore.discovery.api.error.RegistryException} of
     *     {@code unauthorized}, {@code forbidden} or {@code rate_limited}. Empty means denied.
     */
    Mono<Caller> authenticate(ServerHttpRequest request);
}
