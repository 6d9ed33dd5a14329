package dev.aicore.discovery.command.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdempotencyKeyQuotaTest {

    private static final int KEYS = 10;
    private static final Duration RETENTION = Duration.ofHours(1);

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final IdempotencyKeyQuota quota = new IdempotencyKeyQuota(
            new IdempotencySettings(RETENTION, KEYS), (principal, max) -> principal.equals("old") ? 7 : 0, time);

    @Test
    void newKey_beyondQuotaOfPrincipal_isRefusedUntilQuotaRecovers() {
        take("alice", KEYS);
        assertThatThrownBy(() -> quota.acquire("alice")).isInstanceOfSatisfying(RegistryException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isEqualTo(RETENTION.dividedBy(KEYS));
        });
        take("bob", KEYS);

        time.pass(RETENTION.dividedBy(KEYS));
        take("alice", 1);
        assertThatThrownBy(() -> quota.acquire("alice")).isInstanceOf(RegistryException.class);
    }

    /** Simulates a restart. */
    @Test
    void quota_afterRestart_countsStoredKeys() {
        take("old", KEYS - 7);
        assertThatThrownBy(() -> quota.acquire("old")).isInstanceOf(RegistryException.class);
    }

    private void take(String principal, int keys) {
        for (int key = 0; key < keys; key++) {
            quota.acquire(principal);
        }
    }
}
