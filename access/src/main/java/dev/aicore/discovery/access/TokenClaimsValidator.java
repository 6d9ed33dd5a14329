package dev.aicore.discovery.access;

import com.nimbusds.jwt.SignedJWT;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Validates the claims of a token whose signature is valid, and derives the identity from them. */
final class TokenClaimsValidator implements OAuth2TokenValidator<Jwt> {

    static final String ROLES = "roles";
    static final String ROLE = "role";

    /** Claim of the registry's own tokens: id of the key that the token was issued for. */
    static final String KEY_ID = "key_id";

    /**
     * Claim of the registry's own tokens: time at which the secret that the token was issued for became the key's, in
     * milliseconds since 1970.
     */
    static final String KEY_SINCE = "key_since";

    /**
     * Claim of the registry's own tokens: start of the session that the token was issued for, in milliseconds since
     * 1970.
     */
    static final String SESSION_SINCE = "session_since";

    /** Maximum time by which an issuer's clock may be ahead of this one. Doesn't extend the expiry of tokens. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** Printable characters, because history and logs show the subject. */
    private static final Pattern SUBJECT = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]{1,256}");

    /** Names with another meaning in the history, in any case: readers would confuse the caller with them. */
    private static final List<String> RESERVED = List.of(EventMetadata.ANONYMOUS, EventMetadata.REGISTRY);

    /**
     * Types of tokens that admit callers (RFC 7519, 5.1; RFC 9068, 2.1). Refuses tokens for other purposes, such as
     * logging out.
     */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final IssuerSettings issuer;
    private final Duration maxLifetime;
    private final RoleResolver roleResolver;
    private final TimeSource time;

    /**
     * Creates a validator.
     *
     * @param maxLifetime maximum lifetime of a token; a longer one is refused, because nothing ends a token of another
     *     issuer before its expiry
     */
    TokenClaimsValidator(IssuerSettings issuer, Duration maxLifetime, RoleResolver roleResolver, TimeSource time) {
        this.issuer = issuer;
        this.maxLifetime = maxLifetime;
        this.roleResolver = roleResolver;
        this.time = time;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var fault = findProblem(token);
        return fault == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", fault, null));
    }

    /** Returns the problem of the token; null if it is valid. */
    private @Nullable String findProblem(Jwt token) {
        if (isOver(token.getExpiresAt())) {
            return "The token has expired, or has no expiry.";
        }
        if (isTooLong(token.getIssuedAt(), Objects.requireNonNull(token.getExpiresAt()))) {
            return "The token's lifetime exceeds auth.jwt.max_lifetime.";
        }
        if (!isTypeAccepted(token.getHeaders().get("typ"))) {
            return "The token has another type.";
        }
        if (isNotYetValid(token.getNotBefore())) {
            return "The token is not valid yet.";
        }
        if (!isIssuerAccepted(token)) {
            return "The token has another issuer.";
        }
        if (!isAudienceAccepted(token)) {
            return "The token has another audience.";
        }
        return isSubjectString(token) && isPrincipal(token.getSubject())
                ? null
                : "The token's claim sub is missing or is not a valid principal.";
    }

    /**
     * Compares the expiry with the current time too, because the time of issue is the issuer's unverified statement.
     */
    private boolean isTooLong(@Nullable Instant issuedAt, Instant expiresAt) {
        return expiresAt.isAfter(time.now().plus(maxLifetime).plus(AHEAD))
                || (issuedAt != null && Duration.between(issuedAt, expiresAt).compareTo(maxLifetime) > 0);
    }

    private static boolean isTypeAccepted(@Nullable Object type) {
        return type == null || (type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns true if {@code sub} is a string, as RFC 7519, 4.1.2, requires. The library converts a number to a string,
     * so that two subjects would become one.
     */
    private static boolean isSubjectString(Jwt token) {
        try {
            return SignedJWT.parse(token.getTokenValue())
                            .getPayload()
                            .toJSONObject()
                            .get("sub")
                    instanceof String;
        } catch (ParseException e) {
            return false;
        }
    }

    private boolean isOver(@Nullable Instant expiresAt) {
        return expiresAt == null || !expiresAt.isAfter(time.now());
    }

    private boolean isNotYetValid(@Nullable Instant notBefore) {
        return notBefore != null && notBefore.isAfter(time.now().plus(AHEAD));
    }

    private boolean isIssuerAccepted(Jwt token) {
        var expected = Objects.requireNonNullElse(issuer.issuerUri(), issuer.issuer());
        return token.hasClaim("iss") ? expected.equals(token.getClaimAsString("iss")) : issuer.issuerUri() == null;
    }

    private boolean isAudienceAccepted(Jwt token) {
        var audience = token.getAudience();
        return audience == null ? !issuer.external() : audience.contains(issuer.audience());
    }

    static boolean isPrincipal(@Nullable String subject) {
        return subject != null
                && SUBJECT.matcher(subject).matches()
                && RESERVED.stream().noneMatch(subject::equalsIgnoreCase);
    }

    /** Returns the identity of a valid token. */
    Identity identity(Jwt token) {
        var expiresAt = Objects.requireNonNull(token.getExpiresAt()).toEpochMilli();
        // Only the registry's own tokens depend on a key; another issuer may use the same claim for something else.
        var keyId = issuer.external() ? null : token.getClaimAsString(KEY_ID);
        long keySince = token.getClaim(KEY_SINCE) instanceof Number since ? since.longValue() : 0;
        long sessionSince =
                token.getClaim(SESSION_SINCE) instanceof Number since ? since.longValue() : Identity.NO_SESSION;
        return new Identity(
                Objects.requireNonNull(token.getSubject()), role(token), keyId, keySince, sessionSince, expiresAt);
    }

    private String role(Jwt token) {
        if (!token.hasClaim(ROLES) && !token.hasClaim(ROLE)) {
            return roleResolver.defaultRole();
        }
        return roleResolver.strongest(named(token));
    }

    /**
     * Returns the roles that the token names. A claim in an invalid form names no role, and doesn't grant the default
     * one.
     */
    private static List<String> named(Jwt token) {
        var names = new ArrayList<String>();
        if (token.getClaim(ROLES) instanceof Collection<?> roles) {
            roles.forEach(role -> names.add(String.valueOf(role)));
        }
        if (token.getClaim(ROLE) instanceof String role) {
            names.add(role);
        }
        return names;
    }
}
