package dev.aicore.discovery.query.watching;

import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/** Ends streams at shutdown, before the web server waits for active requests; streams never end on their own. */
public final class StreamShutdown implements SmartLifecycle {

    private final Runnable close;
    private final BooleanSupplier closed;

    /** Creates a handle for streams that {@code close} ends. */
    public StreamShutdown(Runnable close, BooleanSupplier closed) {
        this.close = close;
        this.closed = closed;
    }

    @Override
    public void start() {
        // Nothing to start: streams begin with their requests.
    }

    @Override
    public void stop() {
        close.run();
    }

    @Override
    public boolean isRunning() {
        return !closed.getAsBoolean();
    }
}
