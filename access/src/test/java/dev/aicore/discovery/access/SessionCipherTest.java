package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.SecretGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Seals and opens sessions. */
class SessionCipherTest {

    private static final String SECRET = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SessionCipher cipher = new SessionCipher(TokenSigningKey.of(SECRET), SecretGenerator.random());

    @Test
    void sealedText_isOpenedByEveryNodeWithTheSecret() {
        var sealed = cipher.seal("sd_key_secret");
        var otherNode = new SessionCipher(TokenSigningKey.of(SECRET), SecretGenerator.random());

        assertThat(otherNode.open(sealed)).isEqualTo("sd_key_secret");
        assertThat(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(cipher.seal("sd_key_secret")).isNotEqualTo(sealed);
    }

    @Test
    void sealedText_ofAnotherSecret_isNotOpened() {
        var other = new SessionCipher(TokenSigningKey.of("another secret of 32 characters."), SecretGenerator.random());

        assertThat(other.open(cipher.seal("text"))).isNull();
    }

    @Test
    void sealedText_withAnyChangedCharacter_isNotOpened() {
        var sealed = cipher.seal("text");
        for (int i = 0; i < sealed.length() - 1; i++) {
            var changed = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);
            assertThat(cipher.open(changed)).as("character %d", i).isNull();
        }
        assertThat(cipher.open("")).isNull();
        assertThat(cipher.open("not base64!")).isNull();
    }

    @Test
    void session_isParsedFromItsText() {
        var session = new BrowserSession("id-1", NOON, NOON.plusSeconds(60), "sd_key_secret");

        assertThat(BrowserSession.parse(session.format())).isEqualTo(session);
        assertThat(BrowserSession.parse("id-1 x 1 key")).isNull();
        assertThat(BrowserSession.parse("id-1")).isNull();
        assertThat(session.toString()).doesNotContain("secret");
    }
}
