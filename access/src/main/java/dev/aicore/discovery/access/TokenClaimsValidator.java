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

/** What a token whose signature is good must say, and whom it then stands for. */
final class TokenClaimsValidator implements OAuth2TokenValidator<Jwt> {

    static final String ROLES = "roles";
    static final String ROLE = "role";

    /** In our own tokens: the key that one was given for. */
    static final String KEY_ID = "key_id";

    /** In our own tokens: when the secret became that key's which one was given for, in milliseconds since 1970. */
    static final String KEY_SINCE = "key_since";

    /** By so much the clocks of issuers may be ahead of ours. There is no such grace for tokens that are over. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** Printable: it is shown in histories and logs. */
    private static final Pattern SUBJECT = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]{1,256}");

    /** Names that mean somebody else in the history, however they are written: who reads it takes one for the other. */
    private static final List<String> RESERVED = List.of(EventMetadata.ANONYMOUS, EventMetadata.REGISTRY);

    /** Tokens by which callers are let in (RFC 7519, 5.1; RFC 9068, 2.1), and not ones made for something else, such as logging out. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final IssuerSettings issuer;
    private final Duration maxLifetime;
    private final RoleResolver roleResolver;
    private final TimeSource time;

    /** @param maxLifetime a token that lasts longer is refused, since nothing ends it before */
    TokenClaimsValidator(IssuerSettings issuer, Duration maxLifetime, RoleResolver roleResolver, TimeSource time) {
        this.issuer = issuer;
        this.maxLifetime = maxLifetime;
        this.roleResolver = roleResolver;
        this.time = time;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var fault = fault(token);
        return fault == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", fault, null));
    }

    /** What is wrong with it, null if nothing is. */
    private @Nullable String fault(Jwt token) {
        if (isOver(token.getExpiresAt())) {
            return "It has expired, or doesn't say when it does.";
        }
        if (isTooLong(token.getIssuedAt(), Objects.requireNonNull(token.getExpiresAt()))) {
            return "It lasts longer than auth.jwt.max_lifetime.";
        }
        if (!isOfKnownType(token.getHeaders().get("typ"))) {
            return "It is of another type.";
        }
        if (isNotYet(token.getNotBefore())) {
            return "It isn't valid yet.";
        }
        if (!isOfIssuer(token)) {
            return "It is another issuer's.";
        }
        if (!isForUs(token)) {
            return "It is for another audience.";
        }
        return hasTextAsSubject(token) && isPrincipal(token.getSubject()) ? null : "Its sub names nobody.";
    }

    /** Counted from now, too: what a token says of when it was issued is its issuer's word. */
    private boolean isTooLong(@Nullable Instant issuedAt, Instant expiresAt) {
        return expiresAt.isAfter(time.now().plus(maxLifetime).plus(AHEAD))
                || (issuedAt != null && Duration.between(issuedAt, expiresAt).compareTo(maxLifetime) > 0);
    }

    private static boolean isOfKnownType(@Nullable Object type) {
        return type == null || (type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** The library makes a text of a number (RFC 7519, 4.1.2, has a string), so that two subjects would be one. */
    private static boolean hasTextAsSubject(Jwt token) {
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

    private boolean isNotYet(@Nullable Instant notBefore) {
        return notBefore != null && notBefore.isAfter(time.now().plus(AHEAD));
    }

    private boolean isOfIssuer(Jwt token) {
        var expected = Objects.requireNonNullElse(issuer.issuerUri(), issuer.issuer());
        return token.hasClaim("iss") ? expected.equals(token.getClaimAsString("iss")) : issuer.issuerUri() == null;
    }

    private boolean isForUs(Jwt token) {
        var audience = token.getAudience();
        return audience == null ? !issuer.external() : audience.contains(issuer.audience());
    }

    static boolean isPrincipal(@Nullable String subject) {
        return subject != null
                && SUBJECT.matcher(subject).matches()
                && RESERVED.stream().noneMatch(subject::equalsIgnoreCase);
    }

    /** Whom a valid token stands for. */
    Identity identity(Jwt token) {
        var expiresAt = Objects.requireNonNull(token.getExpiresAt()).toEpochMilli();
        // Only our own tokens depend on a key of ours; what others call so is theirs.
        var keyId = issuer.external() ? null : token.getClaimAsString(KEY_ID);
        long keySince = token.getClaim(KEY_SINCE) instanceof Number since ? since.longValue() : 0;
        return new Identity(Objects.requireNonNull(token.getSubject()), role(token), keyId, keySince, expiresAt);
    }

    private String role(Jwt token) {
        if (!token.hasClaim(ROLES) && !token.hasClaim(ROLE)) {
            return roleResolver.usual();
        }
        return roleResolver.strongest(named(token));
    }

    /** What isn't written as it should be names no role, least of all the default one. */
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
