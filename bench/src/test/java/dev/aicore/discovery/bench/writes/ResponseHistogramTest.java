package dev.aicore.discovery.bench.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseHistogramTest {

    private final ResponseHistogram responseHistogram = new ResponseHistogram();

    @Test
    void percentile_returnsTimeOfShare() {
        for (int millis = 1; millis <= 100; millis++) {
            responseHistogram.take(true, millis * 1_000_000L);
        }

        assertThat(responseHistogram.millis(0.5)).isCloseTo(50, within(0.1));
        assertThat(responseHistogram.millis(0.99)).isCloseTo(99, within(0.1));
        assertThat(responseHistogram.millis(1)).isCloseTo(100, within(0.1));
    }

    @Test
    void refusalsAndFailures_areCountedAsErrors() {
        responseHistogram.take(new CommandReply(new Outcome.Leases(List.of()), 1, Instant.EPOCH), null, 0);
        responseHistogram.take(
                new CommandReply(new Outcome.Refused(ErrorCode.UNKNOWN_INSTANCE, "No."), 1, Instant.EPOCH), null, 0);
        responseHistogram.take(null, new IllegalStateException("It failed."), 0);

        assertThat(responseHistogram.good()).isEqualTo(1);
        assertThat(responseHistogram.bad()).isEqualTo(2);
    }
}
