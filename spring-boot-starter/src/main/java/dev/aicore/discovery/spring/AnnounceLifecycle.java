package dev.aicore.discovery.spring;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Registers this process when its web server listens, and announces its end before Spring Boot's graceful shutdown
 * refuses requests. Requests that arrive between announcement and shutdown are still served, since other processes need
 * a moment to see it.
 */
final class AnnounceLifecycle implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {
    /** One above {@code WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE}, whose class may be absent. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024 + 1;

    private final InstanceRegistration registration;
    private final HealthReporter health;
    private final ApplicationContext context;
    private final Duration drainWait;
    private volatile boolean running;

    AnnounceLifecycle(
            InstanceRegistration registration, HealthReporter health, ApplicationContext context, Duration drainWait) {
        this.registration = registration;
        this.health = health;
        this.context = context;
        this.drainWait = drainWait;
    }

    @Override
    public void start() {
        registration.register();
        running = true;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && running) {
            health.start();
        }
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        health.stop();
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        if (registration.drain()) {
            CompletableFuture.delayedExecutor(drainWait.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(callback);
        } else {
            callback.run();
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
