package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.testing.TestTokenBuilder;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests that tokens are verified once and cached no longer than they are valid. */
class TokenVerifierTest {

    private static final int TIMES = 200_000;

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final TokenClaimsValidator claims = new TokenClaimsValidator(
            SettingsBinder.defaults().get(IssuerSettings.class),
            Duration.ofHours(24),
            new RoleResolver(new RbacSettings(true, "viewer", List.of())),
            time);
    private final String token = TestTokenBuilder.hs256(
            "{\"sub\":\"ann\",\"roles\":[\"service\"],\"iss\":\"service-discovery\",\"aud\":\"service-discovery\",\"exp\":"
                    + (time.now().getEpochSecond() + 60) + "}",
            TokenServerFixture.SECRET);
    private int decoded;
    private final TokenVerifier verifier = verifier(10_000);

    @Test
    void token_isVerifiedOnceUntilExpiry() {
        assertThat(verifier.findCached(token)).isNull();
        var identity = Objects.requireNonNull(verifier.verify(token).block());
        assertThat(identity.principal()).isEqualTo("ann");
        assertThat(verifier.findCached(token)).isEqualTo(identity);
        time.pass(Duration.ofMillis(59_999));
        assertThat(verifier.findCached(token)).isEqualTo(identity);
        time.pass(Duration.ofMillis(1));
        assertThat(verifier.findCached(token)).isNull();
        assertThat(decoded).isEqualTo(1);
    }

    /** Prints the rate of verifications by signature and from the cache. */
    @Test
    void cachedIdentity_equalsVerifiedIdentity() {
        var fresh = verifier(0);
        var identity = Objects.requireNonNull(verifier.verify(token).block());
        long signatures = rate(TIMES / 10, () -> fresh.verify(token).block());
        long memory = rate(TIMES, () -> verifier.findCached(token));
        System.out.printf("tokens verified by one thread: %,d/s by signature, %,d/s from memory%n", signatures, memory);
        assertThat(verifier.findCached(token)).isEqualTo(identity);
    }

    private TokenVerifier verifier(int remembered) {
        var decoder = TokenDecoderFactory.ofSecret(TokenSigningKey.of(TokenServerFixture.SECRET), claims);
        return new TokenVerifier(
                text -> Mono.defer(() -> {
                    decoded++;
                    return decoder.decode(text);
                }),
                claims,
                new TokenCache(remembered),
                time);
    }

    private static long rate(int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return times * 1_000_000_000L / Math.max(1, System.nanoTime() - began);
    }
}
