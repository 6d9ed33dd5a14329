package dev.aicore.discovery.spring.cloud;

import dev.aicore.discovery.client.RegistryRequestException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Reports when the set of services has changed, such as to a gateway that derives its routes from it. It isn't reported
 * that instances have.
 */
final class ServiceNamesWatch implements SmartLifecycle {
    private static final Log LOG = LogFactory.getLog(ServiceNamesWatch.class);

    private final Supplier<List<String>> names;
    private final Consumer<Long> changed;
    private final Duration interval;
    private final AtomicLong changes = new AtomicLong();
    private Set<String> known = Set.of();
    private @Nullable ScheduledExecutorService timer;

    /**
     * @param names requests the names; blocks
     * @param changed receives the number of the change
     * @param interval time between two requests; zero for none
     */
    ServiceNamesWatch(Supplier<List<String>> names, Consumer<Long> changed, Duration interval) {
        this.names = names;
        this.changed = changed;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (timer == null && interval.toMillis() > 0) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "service-discovery-names");
                thread.setDaemon(true);
                return thread;
            });
            var unused = timer.scheduleWithFixedDelay(this::compare, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Requests the names, and reports it if they aren't those of the last time. */
    void compare() {
        try {
            var present = new HashSet<>(names.get());
            if (!present.equals(known)) {
                known = present;
                changed.accept(changes.incrementAndGet());
            }
        } catch (RegistryRequestException e) {
            LOG.debug("The names of services are unknown: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("A listener of changed names of services failed", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
