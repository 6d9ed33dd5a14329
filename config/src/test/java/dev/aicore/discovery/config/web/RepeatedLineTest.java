package dev.aicore.discovery.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedLineTest {

    private final ManualTime time = ManualTime.atNoon();
    private final RepeatedLine line = new RepeatedLine(time);
    private final List<Long> told = new ArrayList<>();

    @Test
    void theFirstIsToldAtOnceAndTheRestOnceAMinuteWithTheirNumber() {
        for (int times = 0; times < 1_000; times++) {
            line.count(told::add);
        }
        assertThat(told).containsExactly(1L);
        time.pass(Duration.ofSeconds(60));
        line.count(told::add);
        line.count(told::add);
        assertThat(told).containsExactly(1L, 1_000L);
    }
}
