package dev.aicore.discovery.access;

import dev.aicore.discovery.config.settings.IssuerSettings;
import java.util.Objects;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Creates decoders that verify signatures. Algorithms and keys come from the settings; the token's header can't choose
 * them.
 */
final class TokenDecoderFactory {

    private TokenDecoderFactory() {}

    /** Creates a decoder of tokens that are signed by HS256 with the registry's secret, and of no others. */
    static ReactiveJwtDecoder ofSecret(TokenSigningKey key, TokenClaimsValidator claims) {
        var decoder = NimbusReactiveJwtDecoder.withSecretKey(key.key())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(claims);
        return decoder;
    }

    /**
     * Creates a decoder of another issuer's tokens. Fetches the issuer's keys at the first token, and again at a token
     * that names an unknown key.
     */
    static ReactiveJwtDecoder ofIssuer(IssuerSettings issuer, TokenClaimsValidator claims) {
        var decoder = keysOf(issuer)
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    issuer.algorithms().forEach(name -> algorithms.add(SignatureAlgorithm.from(name)));
                })
                .build();
        decoder.setJwtValidator(claims);
        return decoder;
    }

    private static JwkSetUriReactiveJwtDecoderBuilder keysOf(IssuerSettings issuer) {
        var jwkSet = issuer.jwkSetUri();
        return jwkSet == null
                ? NimbusReactiveJwtDecoder.withIssuerLocation(Objects.requireNonNull(issuer.issuerUri()))
                : NimbusReactiveJwtDecoder.withJwkSetUri(jwkSet);
    }
}
