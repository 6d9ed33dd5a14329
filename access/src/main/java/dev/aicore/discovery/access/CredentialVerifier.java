package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.RequestIdFilter;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Verifies credentials and creates their callers. */
final class CredentialVerifier {

    private final TokenVerifier tokens;
    private final ApiKeyRegistry keys;
    private final CertificatePrincipalExtractor certificates;
    private final LoginRateLimiter rateLimiter;
    private final RoleResolver roleResolver;
    private final FirstUseRecorder firstUseRecorder;
    private final TimeSource time;

    CredentialVerifier(
            TokenVerifier tokens,
            ApiKeyRegistry keys,
            CertificatePrincipalExtractor certificates,
            LoginRateLimiter rateLimiter,
            RoleResolver roleResolver,
            FirstUseRecorder uses,
            TimeSource time) {
        this.tokens = tokens;
        this.keys = keys;
        this.certificates = certificates;
        this.rateLimiter = rateLimiter;
        this.roleResolver = roleResolver;
        this.firstUseRecorder = uses;
        this.time = time;
    }

    Mono<Caller> identify(Credentials credentials, ServerHttpRequest request) {
        return switch (credentials) {
            case Credentials.Token token -> byToken(token.text(), request);
            case Credentials.Key key -> Mono.just(byKey(key.text(), request));
        };
    }

    /** Verifies credentials that a body contains; fails as {@link #identify} does. */
    Mono<Identity> verify(Credentials credentials, ServerHttpRequest request) {
        return switch (credentials) {
            case Credentials.Token token -> identityOf(token.text(), request);
            case Credentials.Key key -> Mono.fromSupplier(() -> knownKey(key.text(), request));
        };
    }

    /** Returns the caller of the connection's client certificate; null if it has none. */
    @Nullable
    Caller callerOfCertificate(ServerHttpRequest request) {
        var certified = certificates.of(request);
        return certified == null ? null : caller(certified, request);
    }

    private Identity knownKey(String key, ServerHttpRequest request) {
        var found = keys.find(key);
        if (found == null) {
            throw failed(request, "The API key is unknown: it is mistyped, has expired or was revoked.");
        }
        return found;
    }

    private Caller byKey(String key, ServerHttpRequest request) {
        var found = knownKey(key, request);
        var caller = caller(found, request);
        firstUseRecorder.onUse(Objects.requireNonNull(found.keyId()), caller);
        return caller;
    }

    private Mono<Caller> byToken(String token, ServerHttpRequest request) {
        var known = tokens.findCached(token);
        if (known != null) {
            return Mono.just(caller(requireLiveKey(known, request), request));
        }
        return verifiedToken(token, request).map(identity -> caller(identity, request));
    }

    private Mono<Identity> identityOf(String token, ServerHttpRequest request) {
        var known = tokens.findCached(token);
        return known == null ? verifiedToken(token, request) : Mono.just(requireLiveKey(known, request));
    }

    private Mono<Identity> verifiedToken(String token, ServerHttpRequest request) {
        rateLimiter.requireAllowed(network(request));
        return tokens.verify(token)
                .doOnError(CredentialVerifier::isUnauthorized, failure -> rateLimiter.failed(network(request)))
                .map(identity -> requireLiveKey(identity, request));
    }

    /**
     * Returns the identity if the secret that its token was issued for is still valid; throws {@code unauthorized}
     * otherwise. A token ends with the key's secret.
     */
    private Identity requireLiveKey(Identity identity, ServerHttpRequest request) {
        if (isWithoutKey(identity)) {
            throw failed(
                    request,
                    "The API key of the token has expired, was revoked, or has another secret now,"
                            + " or its sessions were ended.");
        }
        return identity;
    }

    private boolean isWithoutKey(Identity identity) {
        var keyId = identity.keyId();
        return keyId != null
                && !(keys.isLive(keyId, identity.keySince()) && keys.isSessionLive(keyId, identity.sessionSince()));
    }

    private RegistryException failed(ServerHttpRequest request, String detail) {
        var network = network(request);
        rateLimiter.requireAllowed(network);
        rateLimiter.failed(network);
        return AuthenticationErrors.of(detail);
    }

    private Caller caller(Identity identity, ServerHttpRequest request) {
        var role = roleResolver.base(identity.role());
        return new Caller(
                identity.principal(),
                role,
                AnonymousCallerFactory.source(request),
                "rest",
                RequestIdFilter.of(request),
                null,
                RequestTracer.confirm(request, Caller.isAdmin(role)),
                roleResolver.scopeOf(identity.role()),
                new IdentityValidity(identity));
    }

    /** Validity of the identity's expiry, and of the key that it depends on. */
    private final class IdentityValidity implements CredentialValidity {

        private final Identity identity;

        private IdentityValidity(Identity identity) {
            this.identity = identity;
        }

        @Override
        public void require() {
            requireNotOver(identity);
        }

        @Override
        public @Nullable String keyId() {
            return identity.keyId();
        }

        @Override
        public @Nullable Instant expiresAt() {
            return identity.expiresAt() == Long.MAX_VALUE ? null : Instant.ofEpochMilli(identity.expiresAt());
        }
    }

    private void requireNotOver(Identity identity) {
        if (identity.isOver(time.now().toEpochMilli()) || isWithoutKey(identity)) {
            throw AuthenticationErrors.of("The caller's credentials have expired or were revoked.");
        }
    }

    private static String network(ServerHttpRequest request) {
        return ClientNetwork.of(request);
    }

    private static boolean isUnauthorized(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.UNAUTHORIZED;
    }
}
