package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottledLoggerTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ThrottledLogger throttledLogger = new ThrottledLogger(time);
    private final List<Long> told = new ArrayList<>();

    @Test
    void repeatedMessages_areLoggedOncePerMinuteWithCount() {
        for (int times = 0; times < 1_000; times++) {
            throttledLogger.count(told::add);
        }
        assertThat(told).containsExactly(1L);
        time.pass(Duration.ofSeconds(60));
        throttledLogger.count(told::add);
        throttledLogger.count(told::add);
        assertThat(told).containsExactly(1L, 1_000L);
    }
}
