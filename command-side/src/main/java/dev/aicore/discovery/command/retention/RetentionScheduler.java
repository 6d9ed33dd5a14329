package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the retention periodically, on its own thread. No write waits for it. */
final class RetentionScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionScheduler.class);

    /** Maximum delay of the first run, so that it does not burden the start. */
    private static final Duration MAX_INITIAL_DELAY = Duration.ofMinutes(1);

    private final RetentionService retentionService;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("retention").factory());

    RetentionScheduler(RetentionService retentionService, Duration interval) {
        this.retentionService = retentionService;
        this.interval = interval;
    }

    /** Starts the periodic runs, until closed. */
    void start() {
        var first = interval.compareTo(MAX_INITIAL_DELAY) < 0 ? interval : MAX_INITIAL_DELAY;
        var _ = timer.scheduleWithFixedDelay(this::run, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            retentionService.run();
        } catch (RegistryException e) {
            LOG.debug("Observations are retained until the next run: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The retention failed. Observations are retained until the next run.", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
