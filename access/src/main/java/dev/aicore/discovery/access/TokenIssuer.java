package dev.aicore.discovery.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Exchanges API keys for tokens. A token ends with the secret of its key, and is verified without reading a store. */
public final class TokenIssuer {

    private final TokenSigningKey key;
    private final IssuerSettings issuer;
    private final ApiKeyRegistry keys;
    private final Duration lifetime;
    private final TimeSource time;

    TokenIssuer(TokenSigningKey key, IssuerSettings issuer, ApiKeyRegistry keys, Duration lifetime, TimeSource time) {
        this.key = key;
        this.issuer = issuer;
        this.keys = keys;
        this.lifetime = lifetime;
        this.time = time;
    }

    /** A token in the form that is returned to the caller, once. */
    public record IssuedToken(String text, String principal, String role, Instant expiresAt, Duration life) {
        @Override
        public String toString() {
            return "Issued[" + principal + ", " + role + ", " + expiresAt + "]";
        }
    }

    /**
     * Issues a token for the key in the request.
     *
     * @throws RegistryException {@code forbidden} if the request has no valid key, so that tokens can't be used to
     *     extend themselves; {@code conflict} if the settings name another issuer of tokens
     */
    public IssuedToken exchange(ServerHttpRequest request) {
        var shown = Credentials.of(request.getHeaders()) instanceof Credentials.Key key ? keys.find(key.text()) : null;
        if (shown == null) {
            throw new RegistryException(ErrorCode.FORBIDDEN, "Only an API key can be exchanged for a token.");
        }
        if (issuer.external()) {
            throw new RegistryException(
                    ErrorCode.CONFLICT, "This registry accepts the tokens of another issuer and issues none.");
        }
        return issue(shown, lifetime, Identity.NO_SESSION);
    }

    /**
     * Issues a token for a key.
     *
     * @param identity identity of a live key
     * @param maxLifetime maximum lifetime; the token also ends with the key
     * @param sessionSince start of the session with which the token ends, in milliseconds since 1970;
     *     {@link Identity#NO_SESSION} for none
     */
    IssuedToken issue(Identity identity, Duration maxLifetime, long sessionSince) {
        var now = time.now();
        // Tokens have a resolution of whole seconds.
        long end = Math.min(now.plus(maxLifetime).toEpochMilli(), identity.expiresAt()) / 1_000;
        var claims = new JWTClaimsSet.Builder()
                .subject(identity.principal())
                .issuer(issuer.issuer())
                .audience(issuer.audience())
                .claim(TokenClaimsValidator.ROLES, List.of(identity.role()))
                .claim(TokenClaimsValidator.KEY_ID, identity.keyId())
                .claim(TokenClaimsValidator.KEY_SINCE, identity.keySince())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(Instant.ofEpochSecond(end)));
        if (sessionSince != Identity.NO_SESSION) {
            claims.claim(TokenClaimsValidator.SESSION_SINCE, sessionSince);
        }
        var expiresAt = Instant.ofEpochSecond(end);
        return new IssuedToken(
                signed(claims.build()),
                identity.principal(),
                identity.role(),
                expiresAt,
                Duration.between(now, expiresAt));
    }

    private String signed(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(JOSEObjectType.JWT)
                            .build(),
                    claims);
            token.sign(new MACSigner(key.key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Failed to sign a token.", e);
        }
    }
}
