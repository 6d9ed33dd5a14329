package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.junit.jupiter.api.Test;

class RelayBudgetTest {

    private final RelayBudget budget = new RelayBudget(2, 100);

    @Test
    void begin_aboveNumber_isOverloadedUntilOneEnds() {
        var first = budget.begin();
        budget.begin();

        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(RegistryException.class, budget::begin)
                            .code())
                    .isEqualTo(ErrorCode.OVERLOADED);
        }
        first.close();
        assertThat(budget.begin()).isNotNull();
    }

    @Test
    void add_aboveBytes_isOverloadedUntilOneEnds() {
        var first = budget.begin();
        first.add(60);
        var second = budget.begin();

        assertThat(catchThrowableOfType(RegistryException.class, () -> second.add(60))
                        .code())
                .isEqualTo(ErrorCode.OVERLOADED);
        second.close();
        first.close();

        budget.begin().add(100);
    }
}
