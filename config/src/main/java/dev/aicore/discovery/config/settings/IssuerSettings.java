package dev.aicore.discovery.config.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the accepted token issuer.
 *
 * @param issuer the issuer of the registry's own tokens; a token signed with the registry's secret must have this value
 *     if it has {@code iss}
 * @param audience required member of {@code aud} if a token has that claim; tokens of an external issuer must have it
 * @param issuerUri an OpenID Connect issuer whose tokens are accepted instead of those of the registry's secret; null
 *     for none
 * @param jwkSetUri location of the external issuer's keys; null takes it from the issuer's discovery document
 * @param algorithms signature algorithms of the external issuer; the header of a token can't choose another algorithm
 * @param maxCachedTokens 0 to 1,000,000; number of verified tokens cached until they expire; 0 verifies the token of
 *     each request
 */
@ConfigurationProperties("service-discovery.auth.jwt")
public record IssuerSettings(
        String issuer,
        String audience,
        @Nullable String issuerUri,
        @Nullable String jwkSetUri,
        List<String> algorithms,
        int maxCachedTokens) {

    /** Accepted algorithms. All are asymmetric, because a public key must never verify an HMAC. */
    static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final String PREFIX = "auth.jwt.";
    private static final String NAME = "\\S{1,256}";
    private static final String URL = "https?://\\S{1,2000}";

    public IssuerSettings {
        issuer = SettingConstraints.matching(PREFIX + "issuer", issuer, NAME, "1 to 256 characters without blanks");
        audience =
                SettingConstraints.matching(PREFIX + "audience", audience, NAME, "1 to 256 characters without blanks");
        issuerUri = url("issuer_uri", issuerUri);
        jwkSetUri = url("jwk_set_uri", jwkSetUri);
        if (jwkSetUri != null && issuerUri == null) {
            throw InvalidSettingException.of(PREFIX + "issuer_uri", null, "the issuer whose keys are at jwk_set_uri");
        }
        algorithms = List.copyOf(algorithms);
        for (var algorithm : algorithms) {
            SettingConstraints.oneOf(PREFIX + "algorithms", algorithm, ALGORITHMS);
        }
        if (algorithms.isEmpty()) {
            throw InvalidSettingException.of(PREFIX + "algorithms", null, "one of " + String.join(", ", ALGORITHMS));
        }
        maxCachedTokens = SettingConstraints.between(PREFIX + "max_cached_tokens", maxCachedTokens, 0, 1_000_000);
    }

    /** Returns true if an external issuer issues the tokens. The registry then issues none. */
    public boolean external() {
        return issuerUri != null;
    }

    private static @Nullable String url(String key, @Nullable String value) {
        var given = SettingConstraints.absentIfBlank(value);
        return given == null ? null : SettingConstraints.matching(PREFIX + key, given, URL, "an http or https URL");
    }
}
