package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the number of concurrent fact streams and signals their end at shutdown. Thread-safe. */
final class StreamLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int maxStreams;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    StreamLimit(int maxStreams) {
        this.maxStreams = maxStreams;
    }

    /**
     * Admits one more stream; the caller must call {@link #release} at its end.
     *
     * @throws RegistryException {@code overloaded} if the maximum is reached or the limit is closed
     */
    StreamLimit acquire() {
        if (open.incrementAndGet() > maxStreams || closed) {
            release();
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "The maximum of " + maxStreams + " event streams is reached.", RETRY_AFTER);
        }
        return this;
    }

    void release() {
        open.decrementAndGet();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
