package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Authenticates requests by bearer token, API key or client certificate. A request without credentials goes to the
 * fallback authenticator, which may admit it as {@code anonymous}. Invalid credentials are always rejected.
 */
final class CredentialAuthenticator implements RequestAuthenticator {

    private final CredentialVerifier credentialVerifier;
    private final RequestAuthenticator fallback;

    CredentialAuthenticator(CredentialVerifier credentialVerifier, RequestAuthenticator fallback) {
        this.credentialVerifier = credentialVerifier;
        this.fallback = fallback;
    }

    @Override
    public Mono<Caller> authenticate(ServerHttpRequest request) {
        if (AnonymousCallerFactory.isOpenRequest(request)) {
            return Mono.just(AnonymousCallerFactory.unprivileged(request));
        }
        var credentials = Credentials.of(request);
        if (credentials != null) {
            if (Credentials.areBasic(request.getHeaders()) && !CrossSiteRequestCheck.isOfOwnOrigin(request)) {
                return Mono.error(() -> AuthenticationErrors.of("Basic credentials are not accepted from a page of"
                        + " another site, because browsers send them without its knowledge."));
            }
            return credentialVerifier.identify(credentials, request);
        }
        var certified = credentialVerifier.callerOfCertificate(request);
        return certified == null ? fallback.authenticate(request) : Mono.just(certified);
    }

    RequestAuthenticator ofAnonymous() {
        return fallback;
    }
}
