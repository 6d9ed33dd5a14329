package dev.aicore.discovery.config.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * The gate of callers who say who they are: by a token or a key, or else by the certificate of their connection. Those who don't are left to another gate, which may let them in as {@code anonymous};
 * whoever shows credentials is asked for good ones, even there.
 */
final class IdentityGuard implements RequestGuard {

    private final Authenticator authenticator;
    private final RequestGuard ofAnonymous;

    IdentityGuard(Authenticator authenticator, RequestGuard ofAnonymous) {
        this.authenticator = authenticator;
        this.ofAnonymous = ofAnonymous;
    }

    @Override
    public Mono<Caller> admit(ServerHttpRequest request) {
        if (Anonymous.asksForHealth(request)) {
            return Mono.just(Anonymous.nobody(request));
        }
        var credentials = Credentials.of(request.getHeaders());
        if (credentials != null) {
            return authenticator.identify(credentials, request);
        }
        var certified = authenticator.certified(request);
        return certified == null ? ofAnonymous.admit(request) : Mono.just(certified);
    }

    RequestGuard ofAnonymous() {
        return ofAnonymous;
    }
}
