package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the number of writes under way to the owner, and the size of their bodies. Thread-safe. */
final class RelayBudget {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int maxWrites;
    private final long maxBytes;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    RelayBudget(int maxWrites, long maxBytes) {
        this.maxWrites = maxWrites;
        this.maxBytes = maxBytes;
    }

    /**
     * Begins a write.
     *
     * @throws RegistryException {@code overloaded} if there are too many
     */
    RelayShare begin() {
        var share = new RelayShare();
        if (writes.incrementAndGet() > maxWrites) {
            share.close();
            throw overloaded();
        }
        return share;
    }

    /** Returns the number of writes under way. */
    int writes() {
        return writes.get();
    }

    /** Returns the size of their bodies. */
    long bytes() {
        return bytes.get();
    }

    private static RegistryException overloaded() {
        return new RegistryException(
                ErrorCode.OVERLOADED,
                "Too many writes wait for the owner of the event store, so nothing was done.",
                RETRY_AFTER);
    }

    /** Share of one write. */
    final class RelayShare implements AutoCloseable {

        private final AtomicLong used = new AtomicLong();

        /**
         * Adds the body of the write.
         *
         * @throws RegistryException {@code overloaded} if all bodies together are too large
         */
        void add(int length) {
            used.addAndGet(length);
            if (bytes.addAndGet(length) > maxBytes) {
                throw overloaded();
            }
        }

        @Override
        public void close() {
            writes.decrementAndGet();
            bytes.addAndGet(-used.getAndSet(0));
        }
    }
}
