package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the retention now and then, on a thread of its own: no write waits for it. */
final class RetentionTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);

    /** Of a start that others wait for. */
    private static final Duration LONGEST_FIRST_WAIT = Duration.ofMinutes(1);

    private final Retention retention;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("retention").factory());

    RetentionTimer(Retention retention, Duration interval) {
        this.retention = retention;
        this.interval = interval;
    }

    /** Begins, and goes on until it is closed. */
    void start() {
        var first = interval.compareTo(LONGEST_FIRST_WAIT) < 0 ? interval : LONGEST_FIRST_WAIT;
        var _ = timer.scheduleWithFixedDelay(this::run, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            retention.run();
        } catch (RegistryException e) {
            LOG.debug("Observations are left for the next look: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Observations are left for the next look.", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
