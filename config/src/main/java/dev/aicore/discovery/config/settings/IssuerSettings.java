package dev.aicore.discovery.config.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the accepted token issuer. An empty URI is null. The header of a token can't choose an algorithm that
 * isn't in the list.
 *
 * @param issuer iss of the registry's own tokens; a token that has iss must have this value
 * @param audience value that aud must contain if a token has aud; tokens of issuer_uri must have aud
 * @param issuerUri OpenID Connect issuer, such as https://id.example.org/realms/ours, whose tokens are accepted instead
 *     of those of the secret; the registry then issues none; empty = none
 * @param jwkSetUri location of the issuer's keys; empty = the location in its discovery document
 * @param algorithms signature algorithms of the issuer, of RS256 to RS512, PS256 to PS512 and ES256 to ES512
 * @param maxCachedTokens 0 to 1000000; maximum number of verified tokens that are cached until they expire, at about
 *     200 bytes each; 0 = the token of each request is verified
 */
@ConfigurationProperties("service-discovery.auth.jwt")
public record IssuerSettings(
        @DefaultValue("service-discovery") String issuer,
        @DefaultValue("service-discovery") String audience,
        @Nullable String issuerUri,
        @Nullable String jwkSetUri,
        @DefaultValue("RS256") List<String> algorithms,
        @DefaultValue("10000") int maxCachedTokens) {

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
