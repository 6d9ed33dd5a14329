package dev.aicore.discovery.access;

import static dev.aicore.discovery.api.testing.KeyIssuedBuilder.aKeyIssued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.testing.EventMetadataBuilder;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.SecretGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyRegistryTest {

    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");
    private static final EventMetadata BY = EventMetadata.ofRegistry("rest");
    private static final EventMetadata BY_ADMIN =
            EventMetadataBuilder.by("ann").role("admin").build();

    private final SecretGenerator secretGenerator = SecretGenerator.random();
    private final ManualTimeSource time = new ManualTimeSource(T);
    private final ApiKeyRegistry ring = new ApiKeyRegistry(Duration.ofMinutes(10), time);
    private final ApiKey key = ApiKey.generate(secretGenerator);

    @Test
    void apiKey_resolvesToPrincipalAndRole() {
        issue(null);
        assertThat(ring.find(key.text()))
                .isEqualTo(new Identity("ann", "service", key.id(), T.toEpochMilli(), Long.MAX_VALUE));
    }

    @Test
    void unknownApiKey_resolvesToNoIdentity() {
        issue(null);
        var other = ApiKey.generate(secretGenerator);
        assertThat(ring.find(other.text())).isNull();
        assertThat(ring.find(other.as(key.id()).text())).isNull();
        assertThat(ring.find(key.as(other.id()).text())).isNull();
        assertThat(ring.find(key.text() + "A")).isNull();
        assertThat(ring.find(key.text().substring(1))).isNull();
        assertThat(ring.find(key.hash())).isNull();
        assertThat(ring.find("")).isNull();
    }

    @Test
    void revokedApiKey_isNotAccepted() {
        issue(null);
        ring.apply(new KeyRevoked(key.id(), T, BY));
        assertThat(ring.find(key.text())).isNull();
        assertThat(ring.isLive(key.id(), T.toEpochMilli())).isFalse();
        assertThat(ring.all())
                .singleElement()
                .satisfies(view -> assertThat(view.revokedAt()).isEqualTo(T));
    }

    @Test
    void unreadableRevocation_revokesAllEarlierApiKeys() {
        issue(null);
        ring.applyUnreadable("KeyIssued");
        assertThat(ring.find(key.text())).isNotNull();

        ring.applyUnreadable("KeyRevoked");
        assertThat(ring.find(key.text())).isNull();
        assertThat(ring.isLive(key.id(), T.toEpochMilli())).isFalse();

        var later = ApiKey.generate(secretGenerator);
        ring.apply(aKeyIssued(later.id(), later.hash()).issuedAt(T).build());
        assertThat(ring.find(later.text())).isNotNull();
    }

    @Test
    void revokedApiKeys_beyondMaximum_areEvictedExceptFirstKey() {
        issue(null);
        ring.apply(new KeyRevoked(key.id(), T, BY));
        for (int i = 0; i <= 1_000; i++) {
            ring.apply(aKeyIssued("other-" + i, key.hash())
                    .issuedAt(T)
                    .envelope(BY_ADMIN)
                    .build());
            ring.apply(new KeyRevoked("other-" + i, T, BY_ADMIN));
        }

        assertThat(ring.isKnown("other-0")).isFalse();
        assertThat(ring.isKnown("other-1")).isTrue();
        assertThat(ring.isKnown(key.id())).isTrue();
        assertThat(ring.find(key.text())).isNull();
    }

    @Test
    void expiredApiKeys_beyondMaximum_areEvictedExceptFirstKey() {
        issue(T.plusSeconds(1));
        issueExpiringKeys(0, 1_000);
        ring.apply(new KeyRevoked("other-1", T.plusSeconds(1_000), BY_ADMIN));
        issueExpiringKeys(1_001, 1_001);
        assertThat(ring.isKnown("other-0")).isTrue();
        issueExpiringKeys(1_002, 1_002);

        assertThat(ring.isKnown("other-0")).isFalse();
        assertThat(ring.isKnown("other-1")).as("revoked").isTrue();
        assertThat(ring.isKnown("other-2")).isTrue();
        assertThat(ring.isKnown(key.id())).as("first").isTrue();
        assertThat(ring.all()).hasSize(1_003);
    }

    /** Issues keys one second apart that each expire after a second. */
    private void issueExpiringKeys(int first, int last) {
        for (int i = first; i <= last; i++) {
            var at = T.plusSeconds(i);
            ring.apply(aKeyIssued("other-" + i, key.hash())
                    .issuedAt(at)
                    .expiresAt(at.plusSeconds(1))
                    .envelope(BY_ADMIN)
                    .build());
        }
    }

    @Test
    void apiKey_afterExpiry_isNotAccepted() {
        issue(T.plusSeconds(60));
        time.pass(Duration.ofSeconds(59));
        assertThat(ring.find(key.text())).isNotNull();
        time.pass(Duration.ofSeconds(1));
        assertThat(ring.find(key.text())).isNull();
        assertThat(ring.isLive(key.id(), T.toEpochMilli())).isFalse();
    }

    @Test
    void oldSecret_afterRotation_isAcceptedDuringOverlap() {
        issue(null);
        var next = ApiKey.generate(secretGenerator).as(key.id());
        ring.apply(new KeyRotated(key.id(), next.hash(), T.plusSeconds(30), T, BY));
        assertThat(ring.find(next.text())).isNotNull();
        assertThat(ring.find(key.text())).isNotNull();
        time.pass(Duration.ofSeconds(30));
        assertThat(ring.find(next.text())).isNotNull();
        assertThat(ring.find(key.text())).isNull();
    }

    @Test
    void identityOfOldSecret_afterRotation_isLiveDuringOverlap() {
        issue(null);
        long since = keySince(key);
        time.pass(Duration.ofSeconds(1));
        var second = ApiKey.generate(secretGenerator).as(key.id());
        ring.apply(new KeyRotated(key.id(), second.hash(), T.plusSeconds(31), T.plusSeconds(1), BY));
        assertThat(ring.isLive(key.id(), since)).isTrue();
        assertThat(Objects.requireNonNull(ring.find(key.text())).expiresAt())
                .isEqualTo(T.plusSeconds(31).toEpochMilli());
        assertThat(keySince(key)).isEqualTo(since).isNotEqualTo(keySince(second));
        time.pass(Duration.ofSeconds(30));
        assertThat(ring.isLive(key.id(), since)).isFalse();
        assertThat(ring.isLive(key.id(), keySince(second))).isTrue();

        var third = ApiKey.generate(secretGenerator).as(key.id());
        ring.apply(new KeyRotated(key.id(), third.hash(), T.plusSeconds(60), T.plusSeconds(31), BY));
        assertThat(ring.isLive(key.id(), since)).isFalse();
        assertThat(ring.isLive(key.id(), keySince(second))).isTrue();
    }

    @Test
    void apiKey_ifFollowerLagExceedsStaleLimit_isRefusedAsNotReady() {
        issue(null);
        ring.setStalenessSource(() -> Duration.ofMinutes(10));
        assertThat(ring.find(key.text())).isNotNull();
        ring.setStalenessSource(() -> Duration.ofMinutes(10).plusMillis(1));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> ring.find(key.text()))
                .matches(refusal -> refusal.code() == ErrorCode.NOT_READY);
    }

    @Test
    void apiKey_toString_omitsSecret() {
        assertThat(key).asString().doesNotContain(key.text()).contains(key.id());
        assertThat(key.text()).matches("sd_[a-z2-7]{12}_[A-Za-z0-9_-]{43}");
        assertThat(key.hash()).matches("[0-9a-f]{64}");
    }

    private long keySince(ApiKey shown) {
        return Objects.requireNonNull(ring.find(shown.text())).keySince();
    }

    private void issue(@Nullable Instant expiresAt) {
        ring.apply(aKeyIssued(key.id(), key.hash())
                .issuedAt(T)
                .expiresAt(expiresAt)
                .build());
    }
}
