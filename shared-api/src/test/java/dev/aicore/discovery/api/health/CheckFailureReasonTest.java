package dev.aicore.discovery.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckFailureReasonTest {

    @ParameterizedTest
    @EnumSource
    void packedReason_roundTrips(CheckFailureCode failure) {
        for (int number : new int[] {0, 1, 503, CheckFailureReason.MAX_NUMBER}) {
            var reason = new CheckFailureReason(failure, number);
            assertThat(reason.packed()).isPositive();
            assertThat(CheckFailureReason.of(reason.packed())).isEqualTo(reason);
        }
    }

    @Test
    void packedCodes_areStable() {
        assertThat(new CheckFailureReason(CheckFailureCode.TIMEOUT, 0).packed()).isEqualTo(1);
        assertThat(new CheckFailureReason(CheckFailureCode.STATUS, 503).packed())
                .isEqualTo(8 + 16 * 503);
        assertThat(new CheckFailureReason(CheckFailureCode.INTERNAL, 0).packed())
                .isEqualTo(15);
    }

    @Test
    void number_outOfRange_isOmitted() {
        assertThat(new CheckFailureReason(CheckFailureCode.STATUS, -1).number()).isZero();
        assertThat(new CheckFailureReason(CheckFailureCode.STATUS, 1024).number())
                .isZero();
    }

    @Test
    void words_describeReason() {
        assertThat(new CheckFailureReason(CheckFailureCode.STATUS, 503).text()).isEqualTo("status 503");
        assertThat(new CheckFailureReason(CheckFailureCode.BODY_TOO_LARGE, 0).text())
                .isEqualTo("body too large");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, -1})
    void invalidPackedReason_isRejected(int packed) {
        assertThatIllegalArgumentException().isThrownBy(() -> CheckFailureReason.of(packed));
    }

    /** Protocol, status or program of an address would make checks usable as a port scanner. */
    @ParameterizedTest
    @EnumSource
    void publicWords_revealOnlyFailureClass(CheckFailureCode failure) {
        var known = CheckFailureReason.publicText(new CheckFailureReason(failure, 503).text());
        assertThat(known)
                .isIn(
                        "timeout",
                        "refused",
                        "unreachable",
                        "dns",
                        "denied",
                        "invalid",
                        "overloaded",
                        "internal",
                        "failed");
        assertThat(CheckFailureReason.publicText("status 503")).isEqualTo("failed");
        assertThat(CheckFailureReason.publicText("refused")).isEqualTo("refused");
        assertThat(CheckFailureReason.publicText("something newer 7")).isEqualTo("failed");
    }

    @Test
    void publicSentence_revealsOnlyFailureClass() {
        var failed = CheckResult.checked(Instant.EPOCH, new CheckFailureReason(CheckFailureCode.STATUS, 503), 3);
        assertThat(CheckResult.redacted("web turned unhealthy: " + failed.describe()))
                .isEqualTo("web turned unhealthy: Its check failed: failed.");
        assertThat(failed.redacted())
                .isEqualTo(new CheckResult(Instant.EPOCH, CheckResult.CHECK, false, "failed", null));
    }
}
