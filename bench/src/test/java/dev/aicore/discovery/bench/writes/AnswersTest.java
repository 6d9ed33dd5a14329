package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.collector.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private final Answers answers = new Answers();

    @Test
    void tellsTheTimeWithinWhichAShareOfThemCame() {
        for (int millis = 1; millis <= 100; millis++) {
            answers.take(true, millis * 1_000_000L);
        }

        assertThat(answers.millis(0.5)).isCloseTo(50, within(0.1));
        assertThat(answers.millis(0.99)).isCloseTo(99, within(0.1));
        assertThat(answers.millis(1)).isCloseTo(100, within(0.1));
    }

    @Test
    void countsRefusalsAndFailuresAsErrors() {
        answers.take(new Reply(new Outcome.Leases(List.of()), 1, Instant.EPOCH), null, 0);
        answers.take(new Reply(new Outcome.Refused(ErrorCode.UNKNOWN_INSTANCE, "No."), 1, Instant.EPOCH), null, 0);
        answers.take(null, new IllegalStateException("It failed."), 0);

        assertThat(answers.good()).isEqualTo(1);
        assertThat(answers.bad()).isEqualTo(2);
    }
}
