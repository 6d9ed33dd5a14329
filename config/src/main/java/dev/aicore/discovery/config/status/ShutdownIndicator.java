package dev.aicore.discovery.config.status;

import org.springframework.context.SmartLifecycle;

/** Tells that this node is stopping, before anything else stops: it is to get no new requests. */
public final class ShutdownIndicator implements SmartLifecycle {

    private volatile boolean running = true;

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    /** Returns true until the node begins to stop. */
    @Override
    public boolean isRunning() {
        return running;
    }

    /** Is stopped first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
