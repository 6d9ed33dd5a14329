package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthReporterTest {

    @Test
    void health_onlyItsChanges_areReported() {
        var up = new AtomicBoolean(true);
        var reports = new ArrayList<Boolean>();
        var reporter = new HealthReporter(up::get, reports::add, Duration.ofHours(1));
        reporter.start();
        reporter.evaluate();
        up.set(false);
        reporter.evaluate();
        reporter.evaluate();
        up.set(true);
        reporter.evaluate();
        reporter.stop();
        assertThat(reports).containsExactly(true, false, true);
    }

    @Test
    void health_thatFails_isReportedAsUnhealthy() {
        var reports = new ArrayList<Boolean>();
        var reporter = new HealthReporter(
                () -> {
                    throw new IllegalStateException("database");
                },
                reports::add,
                Duration.ofHours(1));
        reporter.evaluate();
        assertThat(reports).containsExactly(false);
    }
}
