package dev.aicore.discovery.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckReasonTest {

    @ParameterizedTest
    @EnumSource
    void isReadAsItWasPacked(CheckFailure failure) {
        for (int number : new int[] {0, 1, 503, CheckReason.MOST}) {
            var reason = new CheckReason(failure, number);
            assertThat(reason.packed()).isPositive();
            assertThat(CheckReason.of(reason.packed())).isEqualTo(reason);
        }
    }

    @Test
    void codesAreStoredAndNeverChange() {
        assertThat(new CheckReason(CheckFailure.TIMEOUT, 0).packed()).isEqualTo(1);
        assertThat(new CheckReason(CheckFailure.STATUS, 503).packed()).isEqualTo(8 + 16 * 503);
        assertThat(new CheckReason(CheckFailure.INTERNAL, 0).packed()).isEqualTo(15);
    }

    @Test
    void numbersThatAreNoneOfOursAreLeftOut() {
        assertThat(new CheckReason(CheckFailure.STATUS, -1).number()).isZero();
        assertThat(new CheckReason(CheckFailure.STATUS, 1024).number()).isZero();
    }

    @Test
    void isShownInWords() {
        assertThat(new CheckReason(CheckFailure.STATUS, 503).words()).isEqualTo("status 503");
        assertThat(new CheckReason(CheckFailure.BODY_TOO_LARGE, 0).words()).isEqualTo("body too large");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, -1})
    void aPassIsNoReason(int packed) {
        assertThatIllegalArgumentException().isThrownBy(() -> CheckReason.of(packed));
    }
}
