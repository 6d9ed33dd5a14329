package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Admits every caller as admin; enabled by {@value AccessConfiguration#ANONYMOUS_ADMIN_PROPERTY}. Relies on the network
 * to restrict who can connect, such as a container's port that is published on the host's loopback only. Still rejects
 * requests that a browser sends for a page of another site.
 */
final class AllowAllAuthenticator implements RequestAuthenticator, AnonymousAdmission {

    @Override
    public Mono<Caller> authenticate(ServerHttpRequest request) {
        if (AnonymousCallerFactory.isOpenRequest(request)) {
            return Mono.just(AnonymousCallerFactory.unprivileged(request));
        }
        if (!CrossSiteRequestCheck.isSameSite(request)) {
            return Mono.error(() -> AuthenticationErrors.of(
                    "The Host of this request is a name that anyone can point at this server, or its Origin is"
                            + " another site: a foreign page may act through a browser. Use an address, or a name"
                            + " without dots.",
                    "Host",
                    "is a name that anyone can point at this server",
                    "an address, or a name without dots"));
        }
        return Mono.just(AnonymousCallerFactory.admin(request));
    }

    @Override
    public boolean isAdmitted(ServerHttpRequest request) {
        return CrossSiteRequestCheck.isSameSite(request);
    }
}
