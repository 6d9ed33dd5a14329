package dev.aicore.discovery.access;

import dev.aicore.discovery.config.settings.IssuerSettings;
import java.util.Objects;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Verifiers of signatures. Their algorithms and keys come from the settings: what a token's header says of either is no choice. */
final class TokenDecoderFactory {

    private TokenDecoderFactory() {}

    /** Of tokens that are signed by HS256 with our secret, and by nothing else. */
    static ReactiveJwtDecoder ofSecret(TokenSigningKey key, TokenClaimsValidator claims) {
        var decoder = NimbusReactiveJwtDecoder.withSecretKey(key.key())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(claims);
        return decoder;
    }

    /** Of another issuer's tokens. Its keys are fetched when the first of them comes, and again when one names an unknown key. */
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
