package dev.aicore.discovery.readmodel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit.LargeReadLimit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ReadMemoryLimitTest {

    private static final DataSize MAX = DataSize.ofBytes(2_000);

    private final LargeReadLimit large = new LargeReadLimit();

    @Test
    void baseMemoryOfInstances_isNotLimited() {
        var limit = limit();
        read(limit, 100, 512);

        limit.require();

        assertThat(limit.isLarge()).isTrue();
    }

    @Test
    void read_beyondLimit_isRefused() {
        var limit = limit();
        read(limit, 2, 1_500);
        limit.require();
        read(limit, 1, 1_500);

        assertRefusal(limit::require, ErrorCode.ANSWER_TOO_LARGE);
    }

    @Test
    void secondLargeRead_isRefusedUntilFirstEnds() {
        var first = limit();
        read(first, 10, 500);
        first.require();
        var second = limit();
        read(second, 3, 500);
        second.require();
        read(second, 7, 500);
        assertRefusal(second::require, ErrorCode.OVERLOADED);

        first.close();
        second.require();
    }

    @Test
    void cancelledRead_releasesLargeReadLimit() {
        var givenUp = limit();
        givenUp.close();
        read(givenUp, 10, 500);
        givenUp.require();

        var next = limit();
        read(next, 10, 500);
        next.require();
    }

    private ReadMemoryLimit limit() {
        return new ReadMemoryLimit(MAX, large);
    }

    private static void read(ReadMemoryLimit limit, int texts, int characters) {
        for (int i = 0; i < texts; i++) {
            limit.count("x".repeat(characters));
        }
    }

    private static void assertRefusal(ThrowingCallable read, ErrorCode code) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
