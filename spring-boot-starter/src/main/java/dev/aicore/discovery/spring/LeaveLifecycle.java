package dev.aicore.discovery.spring;

import org.springframework.context.SmartLifecycle;

/** Deregisters this process once its web server is closed. Until then its heartbeats go on. */
final class LeaveLifecycle implements SmartLifecycle {
    /** One below {@code WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE}, whose class may be absent. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2 * 1024 - 1;

    private final InstanceRegistration registration;
    private volatile boolean running;

    LeaveLifecycle(InstanceRegistration registration) {
        this.registration = registration;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        registration.leave();
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
