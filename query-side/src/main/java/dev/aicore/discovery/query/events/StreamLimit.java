package dev.aicore.discovery.query.events;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams of facts there are, and whether they have to end. */
final class StreamLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int maxStreams;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean closed;

    StreamLimit(int most) {
        this.maxStreams = most;
    }

    /**
     * One more; to be left in the end.
     *
     * @throws RegistryException {@code overloaded} if there are as many as may be
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
