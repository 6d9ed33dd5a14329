package dev.aicore.discovery.query.events;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the number of concurrent fact streams and signals their end at shutdown. Thread-safe. */
final class StreamLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int maxStreams;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean closed;

    StreamLimit(int most) {
        this.maxStreams = most;
    }

    /**
     * Admits one more stream; the caller must call {@link #leave} at its end.
     *
     * @throws RegistryException {@code overloaded} if the maximum is reached or the limit is closed
     */
    StreamLimit enter() {
        if (taken.incrementAndGet() > maxStreams || closed) {
            leave();
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "There are " + maxStreams + " streams of events already.", RETRY_AFTER);
        }
        return this;
    }

    void leave() {
        taken.decrementAndGet();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
