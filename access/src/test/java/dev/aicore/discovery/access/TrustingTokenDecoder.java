package dev.aicore.discovery.access;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Map;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Decodes tokens without verifying their signatures. */
final class TrustingTokenDecoder {

    private TrustingTokenDecoder() {}

    static ReactiveJwtDecoder ofSecret(TokenSigningKey key, TokenClaimsValidator claims) {
        return token -> Mono.fromCallable(() -> decodedWithoutVerification(token, claims));
    }

    private static Jwt decodedWithoutVerification(String token, TokenClaimsValidator claims) throws ParseException {
        var parsed = JWTParser.parse(token);
        var said = MappedJwtClaimSetConverter.withDefaults(Map.of())
                .convert(parsed.getJWTClaimsSet().getClaims());
        var jwt = Jwt.withTokenValue(token)
                .headers(headers -> headers.putAll(parsed.getHeader().toJSONObject()))
                .claims(all -> all.putAll(said))
                .build();
        if (claims.validate(jwt).hasErrors()) {
            throw new BadJwtException("invalid");
        }
        return jwt;
    }
}
