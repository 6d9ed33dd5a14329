package dev.aicore.discovery.readmodel.database;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.util.unit.DataSize;

/** Counts the memory that one statement's rows take, in characters of their largest column. For a single statement. */
public final class ReadMemoryLimit implements AutoCloseable {

    /**
     * Characters of each text that don't count towards the limit: about what every instance needs. Quotas bound the
     * number of instances.
     */
    private static final int FREE_CHARACTERS = 512;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DataSize max;
    private final LargeReadLimit large;
    private long read;
    private long counted;
    private final AtomicReference<Permit> permit = new AtomicReference<>(Permit.NONE);

    /**
     * State of the permit for large reads. A statement may be cancelled on one thread while a row arrives on another.
     */
    private enum Permit {
        NONE,
        HELD,
        CLOSED
    }

    /**
     * Creates a limit for one statement.
     *
     * @param max maximum size of the texts beyond the free part of each
     * @param large permit that is acquired before more than {@code max} characters in total may be read
     */
    public ReadMemoryLimit(DataSize max, LargeReadLimit large) {
        this.max = max;
        this.large = large;
    }

    /** Counts a text and returns it. */
    public String count(String text) {
        read += text.length();
        counted += Math.max(0, text.length() - FREE_CHARACTERS);
        return text;
    }

    /** Returns true if more has been read than concurrent statements may read. */
    public boolean isLarge() {
        return read > max.toBytes();
    }

    /**
     * Checks the limits for a statement that must return all rows or none.
     *
     * @throws RegistryException {@code answer_too_large} if more was read than permitted; {@code overloaded} if another
     * large read is running
     */
    public void require() {
        if (counted > max.toBytes()) {
            throw new RegistryException(
                    ErrorCode.ANSWER_TOO_LARGE,
                    "The result is larger than " + max.toBytes()
                            + " bytes (registry.discovery.max_read_bytes). Set a lower limit, or read page by page.");
        }
        if (isLarge() && permit.get() == Permit.NONE) {
            acquire();
        }
    }

    private void acquire() {
        if (!large.begin()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "Another large read is running; the limit is one at a time.", RETRY_AFTER);
        }
        if (!permit.compareAndSet(Permit.NONE, Permit.HELD)) {
            large.end();
        }
    }

    @Override
    public void close() {
        if (permit.getAndSet(Permit.CLOSED) == Permit.HELD) {
            large.end();
        }
    }

    /** Permits one large read at a time. Thread-safe. */
    public static final class LargeReadLimit {

        private final AtomicBoolean busy = new AtomicBoolean();

        /**
         * Acquires the permit. Returns false if another read holds it; after true the caller must call {@link #end}.
         */
        boolean begin() {
            return busy.compareAndSet(false, true);
        }

        void end() {
            busy.set(false);
        }
    }
}
