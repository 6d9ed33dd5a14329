package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * The gate of callers who say who they are: by a token or a key, or else by the certificate of their connection. Those who don't are left to another gate, which may let them in as {@code anonymous};
 * whoever shows credentials is asked for good ones, even there.
 */
final class CredentialAuthenticator implements RequestAuthenticator {

    private final CredentialVerifier credentialVerifier;
    private final RequestAuthenticator fallback;

    CredentialAuthenticator(CredentialVerifier credentialVerifier, RequestAuthenticator fallback) {
        this.credentialVerifier = credentialVerifier;
        this.fallback = fallback;
    }

    @Override
    public Mono<Caller> admit(ServerHttpRequest request) {
        if (AnonymousCallerFactory.isHealthRequest(request)) {
            return Mono.just(AnonymousCallerFactory.nobody(request));
        }
        var credentials = Credentials.of(request.getHeaders());
        if (credentials != null) {
            return credentialVerifier.identify(credentials, request);
        }
        var certified = credentialVerifier.certified(request);
        return certified == null ? fallback.admit(request) : Mono.just(certified);
    }

    RequestAuthenticator ofAnonymous() {
        return fallback;
    }
}
