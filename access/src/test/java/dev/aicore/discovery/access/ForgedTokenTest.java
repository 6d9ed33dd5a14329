package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestTokenBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests forged tokens at a server outside development: none is accepted, neither on the hot path nor in WebFlux. */
class ForgedTokenTest extends TokenServerFixture {

    private static final String GOOD_HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final KeyPair PAIR = pair();

    @Test
    void forgedTokens_areAllRefused() {
        var forged = forged();
        int accepted = 0;
        for (var path : PATHS) {
            for (var attempt : forged.entrySet()) {
                var answer = ask(path, attempt.getValue());
                if (!answer.startsWith("HTTP/1.1 401 ") && !answer.startsWith("HTTP/1.1 431 ")) {
                    accepted++;
                    System.out.println("ACCEPTED on " + path + ": " + attempt.getKey() + ": " + answer);
                }
                assertThat(answer).as(attempt.getKey()).doesNotContain("\"principal\"", SECRET);
            }
        }
        System.out.printf(
                "forged or wrong tokens: %d, on %d lanes; accepted: %d%n", forged.size(), PATHS.size(), accepted);
        assertThat(forged).hasSizeGreaterThanOrEqualTo(40);
        assertThat(accepted).isZero();
    }

    private static Map<String, List<String>> forged() {
        var now = Instant.now().getEpochSecond();
        var good = TestTokenBuilder.hs256(claims("\"roles\":[\"admin\"]"), SECRET);
        var parts = good.split("\\.", -1);
        var tokens = new LinkedHashMap<String, String>();
        for (var none : List.of("none", "None", "NONE", "nOnE")) {
            var header = "{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}";
            tokens.put("alg " + none, TestTokenBuilder.unsigned(header, admin()) + ".");
            tokens.put("alg " + none + ", signed", TestTokenBuilder.hmac(header, admin(), KEY, "HmacSHA256"));
        }
        tokens.put("no alg", TestTokenBuilder.hmac("{\"typ\":\"JWT\"}", admin(), KEY, "HmacSHA256"));
        tokens.put("empty alg", TestTokenBuilder.hmac("{\"alg\":\"\"}", admin(), KEY, "HmacSHA256"));
        tokens.put(
                "HS384 by the right secret", TestTokenBuilder.hmac("{\"alg\":\"HS384\"}", admin(), KEY, "HmacSHA384"));
        tokens.put(
                "HS512 by the right secret", TestTokenBuilder.hmac("{\"alg\":\"HS512\"}", admin(), KEY, "HmacSHA512"));
        tokens.put(
                "RS256 by a key of one's own", TestTokenBuilder.rsa("{\"alg\":\"RS256\"}", admin(), PAIR.getPrivate()));
        tokens.put("HS256 that is an RS256", TestTokenBuilder.rsa(GOOD_HEADER, admin(), PAIR.getPrivate()));
        tokens.put(
                "HS256 by a public key",
                TestTokenBuilder.hmac(GOOD_HEADER, admin(), PAIR.getPublic().getEncoded(), "HmacSHA256"));
        tokens.put("RS256 that is an HS256", TestTokenBuilder.hmac("{\"alg\":\"RS256\"}", admin(), KEY, "HmacSHA256"));
        tokens.put(
                "ES256 with a signature of zeros",
                TestTokenBuilder.unsigned("{\"alg\":\"ES256\"}", admin()) + "." + "A".repeat(86));
        for (var known : List.of(
                "your-secret-key-here",
                "your-256-bit-secret",
                "a-string-secret-at-least-256-bits-long",
                "SecretKey012345678901234567890123456789012345678901234567890123456789",
                "secret",
                "changeme",
                "${JWT_SECRET}",
                SECRET.toLowerCase(java.util.Locale.ROOT),
                SECRET + "\n",
                SECRET.substring(1))) {
            tokens.put("secret " + known.strip() + " (" + known.length() + ")", TestTokenBuilder.hs256(admin(), known));
        }
        tokens.put("an empty secret's place", TestTokenBuilder.hmac(GOOD_HEADER, admin(), new byte[32], "HmacSHA256"));
        tokens.put(
                "expired",
                TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":" + (now - 1) + "}", SECRET));
        tokens.put(
                "expired long ago", TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":0}", SECRET));
        tokens.put("no exp", TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\"}", SECRET));
        tokens.put("exp null", TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":null}", SECRET));
        tokens.put(
                "exp a word", TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":\"never\"}", SECRET));
        tokens.put(
                "exp beyond time",
                TestTokenBuilder.hs256("{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":1e300}", SECRET));
        tokens.put(
                "not yet valid", TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"nbf\":" + (now + 600)), SECRET));
        tokens.put(
                "another issuer",
                TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"iss\":\"https://evil.example\""), SECRET));
        tokens.put(
                "issuers",
                TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"iss\":[\"service-discovery\"]"), SECRET));
        tokens.put("another audience", TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"aud\":\"other\""), SECRET));
        tokens.put(
                "other audiences", TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"aud\":[\"a\",\"b\"]"), SECRET));
        tokens.put("no audience at all", TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"aud\":[]"), SECRET));
        tokens.put("no sub", TestTokenBuilder.hs256("{\"role\":\"admin\",\"exp\":" + (now + 600) + "}", SECRET));
        for (var sub : List.of(
                "",
                " ",
                "anonymous",
                "registry",
                "Anonymous",
                "REGISTRY",
                "regi\\u017ftry",
                "a\\u0000b",
                "x".repeat(257))) {
            tokens.put(
                    "sub '" + sub + "'",
                    TestTokenBuilder.hs256("{\"sub\":\"" + sub + "\",\"exp\":" + (now + 600) + "}", SECRET));
        }
        for (var sub : List.of("7", "7.5", "true", "[\"ann\"]", "{\"name\":\"ann\"}", "null")) {
            tokens.put(
                    "sub " + sub, TestTokenBuilder.hs256("{\"sub\":" + sub + ",\"exp\":" + (now + 600) + "}", SECRET));
        }
        for (var type : List.of("logout+jwt", "id_token+jwt", "dpop+jwt", "JWE", "JOSE+JSON", "", "jwt ", "text/jwt")) {
            tokens.put(
                    "typ '" + type + "'",
                    TestTokenBuilder.hmac("{\"alg\":\"HS256\",\"typ\":\"" + type + "\"}", admin(), KEY, "HmacSHA256"));
        }
        tokens.put("typ a number", TestTokenBuilder.hmac("{\"alg\":\"HS256\",\"typ\":1}", admin(), KEY, "HmacSHA256"));
        tokens.put("for two days", TestTokenBuilder.hs256(lasting(now + 172_800, ""), SECRET));
        tokens.put("for a thousand years", TestTokenBuilder.hs256(lasting(now + 31_536_000_000L, ""), SECRET));
        tokens.put(
                "for two days, the first of them over",
                TestTokenBuilder.hs256(lasting(now + 600, ",\"iat\":" + (now - 172_200)), SECRET));
        tokens.put(
                "for two days, issued tomorrow",
                TestTokenBuilder.hs256(lasting(now + 172_800, ",\"iat\":" + (now + 100_000)), SECRET));
        tokens.put("kid a path", signedWithNothing("\"kid\":\"../../../../dev/null\""));
        tokens.put("kid SQL", signedWithNothing("\"kid\":\"x' UNION SELECT '' --\""));
        tokens.put("kid a URL", signedWithNothing("\"kid\":\"http://127.0.0.1:1/key\""));
        tokens.put("jku", signedWithNothing("\"jku\":\"http://127.0.0.1:1/keys\""));
        tokens.put("x5u", signedWithNothing("\"x5u\":\"http://127.0.0.1:1/cert\""));
        tokens.put(
                "embedded jwk",
                TestTokenBuilder.rsa("{\"alg\":\"RS256\",\"jwk\":" + jwk() + "}", admin(), PAIR.getPrivate()));
        tokens.put(
                "embedded symmetric jwk",
                TestTokenBuilder.hmac(
                        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
                                + TestTokenBuilder.encoded("k".repeat(32)) + "\"}}",
                        admin(),
                        "k".repeat(32).getBytes(StandardCharsets.US_ASCII),
                        "HmacSHA256"));
        tokens.put(
                "an unknown critical extension",
                TestTokenBuilder.hmac(
                        "{\"alg\":\"HS256\",\"crit\":[\"exp2\"],\"exp2\":1}", admin(), KEY, "HmacSHA256"));
        tokens.put(
                "b64 false",
                TestTokenBuilder.hmac(
                        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", admin(), KEY, "HmacSHA256"));
        tokens.put("no signature", parts[0] + "." + parts[1] + ".");
        tokens.put("two parts", parts[0] + "." + parts[1]);
        tokens.put("four parts", good + "." + parts[2]);
        tokens.put("truncated", good.substring(0, good.length() - 3));
        tokens.put(
                "other claims under the signature",
                parts[0] + "." + TestTokenBuilder.encoded(claims("\"role\":\"operator\"")) + "." + parts[2]);
        tokens.put(
                "other header over the signature",
                TestTokenBuilder.encoded("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2]);
        tokens.put(
                "signature of something else",
                parts[0] + "." + parts[1] + "."
                        + TestTokenBuilder.hs256(claims(""), SECRET).split("\\.", -1)[2]);
        tokens.put("encrypted, it says", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA");
        tokens.put("claims that are no object", TestTokenBuilder.hs256("[]", SECRET));
        tokens.put("claims that are no JSON", TestTokenBuilder.hs256("sub=ann", SECRET));
        tokens.put("dots", "..");
        tokens.put("nothing", "");
        tokens.put("no token", "admin");
        tokens.put(
                "huge",
                TestTokenBuilder.hs256(claims("\"role\":\"admin\",\"pad\":\"" + "x".repeat(6_500) + "\""), SECRET));
        var attempts = new LinkedHashMap<String, List<String>>();
        tokens.forEach((what, token) -> attempts.put(what, bearer(token)));
        attempts.put("two headers", List.of("Authorization: Bearer " + good, "Authorization: Bearer " + good));
        attempts.put("two in one", List.of("Authorization: Bearer " + good + ", Bearer " + good));
        attempts.put("blanks in it", List.of("Authorization: Bearer " + parts[0] + ". " + parts[1] + "." + parts[2]));
        attempts.put("a tab", List.of("Authorization: Bearer\t" + good));
        attempts.put("Basic", List.of("Authorization: Basic " + good));
        attempts.put("no scheme", List.of("Authorization: " + good));
        attempts.put("as an API key", List.of("X-API-Key: " + good));
        attempts.put("with an API key", List.of("Authorization: Bearer " + good, "X-API-Key: sd_a_b"));
        attempts.put("in a cookie", List.of("Cookie: token=" + good));
        attempts.put("a made-up API key", List.of("X-API-Key: sd_abcdefghijkl_" + "A".repeat(43)));
        attempts.put(
                "who says it is an admin",
                List.of("X-Role: admin", "X-Forwarded-User: admin", "X-Forwarded-For: 127.0.0.1"));
        return attempts;
    }

    private static String signedWithNothing(String member) {
        return TestTokenBuilder.hmac("{\"alg\":\"HS256\"," + member + "}", admin(), new byte[1], "HmacSHA256");
    }

    private static String admin() {
        return claims("\"roles\":[\"admin\"]");
    }

    private static String jwk() {
        var key = (RSAPublicKey) PAIR.getPublic();
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return "{\"kty\":\"RSA\",\"n\":\""
                + base64.encodeToString(key.getModulus().toByteArray()) + "\",\"e\":\"AQAB\"}";
    }

    private static KeyPair pair() {
        try {
            var pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(2_048);
            return pairs.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
