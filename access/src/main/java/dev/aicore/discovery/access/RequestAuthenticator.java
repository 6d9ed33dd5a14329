package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * The single gate in front of everything that answers HTTP, whether through the filters or beside them. {@code GET /health}
 * is open to everyone; an unknown path is denied like a known one.
 */
public interface RequestAuthenticator {
    /**
     * Who is let in. Never blocks.
     *
     * @return the caller; or a {@link dev.aicore.discovery.api.error.RegistryException} with {@code unauthorized},
     *     {@code forbidden} or {@code rate_limited}. Empty means denied.
     */
    Mono<Caller> admit(ServerHttpRequest request);
}
