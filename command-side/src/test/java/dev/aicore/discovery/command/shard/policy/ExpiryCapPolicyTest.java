package dev.aicore.discovery.command.shard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryCapPolicyTest {

    private static final ExpiryCapPolicy POLICY = new ExpiryCapPolicy(0.15, 3);

    @ParameterizedTest
    @CsvSource({
        "3, 2, true", // too few instances for a share to be significant
        "4, 0, true",
        "4, 1, false",
        "13, 1, false",
        "14, 1, true",
        "100, 14, true",
        "100, 15, false",
        "1000, 149, true",
        "1000, 150, false"
    })
    void expiryCap_permitsShareAndAtLeastOne(int instances, int expired, boolean may) {
        assertThat(POLICY.mayExpire(instances, expired)).isEqualTo(may);
    }

    @Test
    void fullShare_disablesExpiryCap() {
        assertThat(new ExpiryCapPolicy(1, 3).mayExpire(100, 99)).isTrue();
    }

    @Test
    void expiryCap_endsAfterMultipleOfTtl() {
        assertThat(POLICY.endsAt(1_000, 30)).isEqualTo(91_000);
        assertThat(new ExpiryCapPolicy(0.15, 100).endsAt(0, 86_400)).isEqualTo(8_640_000_000L);
    }
}
