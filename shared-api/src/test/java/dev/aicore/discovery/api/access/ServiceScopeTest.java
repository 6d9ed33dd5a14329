package dev.aicore.discovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceScopeTest {

    @ParameterizedTest
    @CsvSource({
        "payments-*, payments-eu, true",
        "payments-*, payments-, true",
        "payments-*, payments, false",
        "payments-*, paymentsxeu, false",
        "payments-*, Payments-eu, false",
        "*-eu, payments-eu, true",
        "*-eu, payments-us, false",
        "a*a, aa, true",
        "a*a, a, false",
        "*, anything, true",
        "billing, billing, true",
        "billing, billing-eu, false"
    })
    void scope_withPatterns_coversMatchingServices(String pattern, String service, boolean covered) {
        assertThat(new ServiceScope(List.of("nothing", pattern)).covers(service))
                .isEqualTo(covered);
    }

    @Test
    void scope_withoutPatterns_coversNothing() {
        assertThat(new ServiceScope(List.of()).covers("anything")).isFalse();
    }
}
