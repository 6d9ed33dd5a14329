package dev.aicore.discovery.spring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Determines the health of this process periodically, and reports its changes. Thread-safe. */
final class HealthReporter {
    private static final Log LOG = LogFactory.getLog(HealthReporter.class);

    private final InstanceHealth health;
    private final Consumer<Boolean> report;
    private final Duration interval;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Boolean reported;

    /** @param report receives the first health and each different one */
    HealthReporter(InstanceHealth health, Consumer<Boolean> report, Duration interval) {
        this.health = health;
        this.report = report;
        this.interval = interval;
    }

    /** Reports the health now, and its changes from now on. */
    synchronized void start() {
        evaluate();
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "service-discovery-health");
                thread.setDaemon(true);
                return thread;
            });
            var unused = timer.scheduleWithFixedDelay(
                    this::evaluate, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    synchronized void evaluate() {
        var up = isUp();
        if (reported == null || reported != up) {
            reported = up;
            report.accept(up);
        }
    }

    private boolean isUp() {
        try {
            return health.isUp();
        } catch (RuntimeException e) {
            LOG.warn("The health of this instance can't be determined, it is reported as unhealthy", e);
            return false;
        }
    }
}
