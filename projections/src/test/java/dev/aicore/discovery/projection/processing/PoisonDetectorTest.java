package dev.aicore.discovery.projection.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonDetectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05", "23514", "23505", "54000", "P0001"})
    void sqlStateOfRow_isPoison(String state) {
        assertThat(PoisonDetector.isSuspect(new SQLException("refused", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "40001", "40P01", "53100", "53300", "57014", "57P01", "42P01", "25006", "55P03", ""})
    void sqlStateOfDatabase_isNotPoison(String state) {
        assertThat(PoisonDetector.isSuspect(new SQLException("refused", state))).isFalse();
    }

    @Test
    void foldException_isPoisonWithStorableMessage() {
        assertThat(PoisonDetector.isSuspect(new IllegalStateException("can't follow")))
                .isTrue();
        assertThat(PoisonDetector.message(new IllegalStateException("a\0b"))).isEqualTo("a b");
        assertThat(PoisonDetector.message(new IllegalStateException("x".repeat(5000))))
                .hasSize(1000);
    }
}
