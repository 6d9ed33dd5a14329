package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestTokenBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests valid tokens, tokens without a role, and requests without credentials. */
class AccessTokenTest extends TokenServerFixture {

    @Test
    void validToken_withAnySchemeCase_isAccepted() {
        var token = TestTokenBuilder.hs256(claims("\"roles\":[\"operator\",\"viewer\"]"), SECRET);
        for (var path : PATHS) {
            for (var scheme : List.of("Bearer", "bearer", "BEARER")) {
                assertThat(ask(path, List.of("Authorization: " + scheme + " " + token)))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("\"principal\":\"ann\"", "\"role\":\"operator\"");
            }
        }
    }

    @Test
    void accessToken_withAnyValidType_isAccepted() {
        for (var path : PATHS) {
            for (var type : List.of(
                    "",
                    ",\"typ\":\"JWT\"",
                    ",\"typ\":\"jwt\"",
                    ",\"typ\":\"at+jwt\"",
                    ",\"typ\":\"application/at+JWT\"")) {
                var token = TestTokenBuilder.hmac("{\"alg\":\"HS256\"" + type + "}", claims(""), KEY, "HmacSHA256");
                assertThat(ask(path, bearer(token))).as(type).startsWith("HTTP/1.1 200 ");
            }
            var iat = Instant.now().getEpochSecond();
            var day = TestTokenBuilder.hs256(lasting(iat + 86_400, ",\"iat\":" + iat), SECRET);
            assertThat(ask(path, bearer(day))).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void tokenRole_ifMissing_isDefaultRoleAndIfUnknownReturns403() {
        for (var path : PATHS) {
            assertThat(ask(path, bearer(TestTokenBuilder.hs256(claims(""), SECRET))))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"role\":\"viewer\"");
            assertThat(ask(path, bearer(TestTokenBuilder.hs256(claims("\"roles\":[\"root\"]"), SECRET))))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\"forbidden\"");
            assertThat(ask(path, bearer(TestTokenBuilder.hs256(claims("\"roles\":\"admin\""), SECRET))))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(ask(path, bearer(TestTokenBuilder.hs256(claims("\"role\":\"admin\""), SECRET))))
                    .contains("\"role\":\"admin\"");
        }
    }

    @Test
    void request_withoutCredentials_returns401WithChallenge() {
        for (var path : PATHS) {
            assertThat(ask(path, List.of()))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer", "\"unauthorized\"", "X-API-Key");
        }
    }
}
