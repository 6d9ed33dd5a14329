package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Verifies each token once and caches its identity until it expires. Never logs tokens or their claims. */
final class TokenVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ReactiveJwtDecoder decoder;
    private final TokenClaimsValidator claims;
    private final TokenCache cache;
    private final TimeSource time;

    /**
     * Creates a verifier.
     *
     * @param decoder verifies the signature with fixed algorithms, and validates by {@code claims}
     */
    TokenVerifier(ReactiveJwtDecoder decoder, TokenClaimsValidator claims, TokenCache cache, TimeSource time) {
        this.decoder = decoder;
        this.claims = claims;
        this.cache = cache;
        this.time = time;
    }

    /** Returns the identity of a token that was verified before and hasn't expired; null otherwise. */
    @Nullable
    Identity findCached(String token) {
        return cache.find(token, time.now().toEpochMilli());
    }

    /**
     * Verifies a token and returns its identity. Fails with {@code unauthorized} if the token isn't valid, with
     * {@code not_ready} if the issuer's keys can't be read.
     */
    Mono<Identity> verify(String token) {
        return Mono.defer(() -> decoder.decode(token))
                .map(claims::identity)
                .doOnNext(identity -> cache.put(token, identity))
                .onErrorMap(TokenVerifier::translate);
    }

    private static Throwable translate(Throwable failure) {
        if (failure instanceof BadJwtException || !isIssuerUnavailable(failure)) {
            LOG.debug("A token was refused: {}", failure.getClass().getSimpleName());
            return AuthenticationErrors.of(
                    "The token is invalid: it is forged or malformed, has expired, lasts too long, or is meant for"
                            + " another audience.");
        }
        LOG.warn("Failed to read the keys of the token issuer: {}", failure.getMessage());
        return new RegistryException(
                ErrorCode.NOT_READY, "The keys of the token issuer can't be read now.", RETRY_AFTER);
    }

    /** Returns true if the issuer's keys couldn't be fetched; the token itself may be valid. */
    private static boolean isIssuerUnavailable(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause.getClass().getName().startsWith("org.springframework.web.reactive.function.client.")
                    || cause instanceof com.nimbusds.jose.RemoteKeySourceException) {
                return true;
            }
        }
        return false;
    }
}
