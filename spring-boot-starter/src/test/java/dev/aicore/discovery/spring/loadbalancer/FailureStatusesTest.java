package dev.aicore.discovery.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureStatusesTest {

    @ParameterizedTest
    @CsvSource({"200, false", "404, false", "500, true", "501, false", "503, true", "0, false"})
    void status_byDefault_isAFailureOfTheServer(int status, boolean failure) {
        assertThat(new FailureStatuses(List.of("5xx", "!501")).contains(status)).isEqualTo(failure);
    }

    @Test
    void status429_isUndecidedUnlessListed() {
        assertThat(new FailureStatuses(List.of("5xx")).isUndecided(429)).isTrue();
        assertThat(new FailureStatuses(List.of("429")).isUndecided(429)).isFalse();
        assertThat(new FailureStatuses(List.of("429")).contains(429)).isTrue();
    }

    @Test
    void pattern_malformed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureStatuses(List.of("50x")))
                .withMessageContaining("50x");
    }
}
