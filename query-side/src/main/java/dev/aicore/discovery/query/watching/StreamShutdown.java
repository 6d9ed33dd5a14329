package dev.aicore.discovery.query.watching;

import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/** Streams never end by themselves: they have to before the web server waits for what is under way. */
public final class StreamShutdown implements SmartLifecycle {

    private final Runnable close;
    private final BooleanSupplier closed;

    /** Of streams that end by {@code close}. */
    public StreamShutdown(Runnable close, BooleanSupplier closed) {
        this.close = close;
        this.closed = closed;
    }

    @Override
    public void start() {
        // There is nothing to do before somebody reads.
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
