package dev.aicore.discovery.config.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose tokens are taken.
 *
 * @param issuer       what {@code iss} must say where a token of our own secret has one, and what our own tokens say
 * @param audience     what {@code aud} must hold where a token has one; tokens of another issuer must have one
 * @param issuerUri    an OpenID Connect issuer whose tokens are taken instead of those of our own secret; null if none
 * @param jwkSetUri    where its keys are, if its discovery document isn't to be asked; null if it is
 * @param algorithms   by which that issuer signs; no token has a say in it
 * @param cachedTokens 0 to 1,000,000 verified tokens that are remembered until they expire; 0 verifies each request's anew
 */
@ConfigurationProperties("service-discovery.auth.jwt")
public record IssuerSettings(
        String issuer,
        String audience,
        @Nullable String issuerUri,
        @Nullable String jwkSetUri,
        List<String> algorithms,
        int cachedTokens) {

    /** Asymmetric ones: a key that anybody may fetch must never verify by HMAC. */
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
        cachedTokens = SettingConstraints.between(PREFIX + "cached_tokens", cachedTokens, 0, 1_000_000);
    }

    /** Whether tokens are another issuer's. We then issue none ourselves. */
    public boolean external() {
        return issuerUri != null;
    }

    private static @Nullable String url(String key, @Nullable String value) {
        var given = SettingConstraints.absentIfBlank(value);
        return given == null ? null : SettingConstraints.matching(PREFIX + key, given, URL, "an http or https URL");
    }
}
