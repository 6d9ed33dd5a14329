package dev.aicore.discovery.query.database;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.util.unit.DataSize;

/** Counts what one statement brings into memory, in characters of its largest column. For one use. */
public final class ReadMemoryLimit implements AutoCloseable {

    /** Of each text, about what no instance does without. Quotas bound how many there are of those. */
    private static final int FREE = 512;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DataSize max;
    private final LargeReadLimit large;
    private long read;
    private long counted;
    private final AtomicReference<Permit> permit = new AtomicReference<>(Permit.NONE);

    /** A statement may be given up on one thread while a row of it arrives on another. */
    private enum Permit {
        NONE,
        HELD,
        CLOSED
    }

    /**
     * Nothing is read yet.
     *
     * @param max of what texts have beyond what each has for free
     * @param large asked before more than that is read in all
     */
    public ReadMemoryLimit(DataSize max, LargeReadLimit large) {
        this.max = max;
        this.large = large;
    }

    /** Counts a text, and returns it. */
    public String count(String text) {
        read += text.length();
        counted += Math.max(0, text.length() - FREE);
        return text;
    }

    /** Returns whether more was read than should be by several at a time. */
    public boolean isLarge() {
        return read > max.toBytes();
    }

    /**
     * Ends a statement that must bring all or nothing.
     *
     * @throws RegistryException {@code answer_too_large} if more was read than may be; {@code overloaded} if another one reads much
     */
    public void require() {
        if (counted > max.toBytes()) {
            throw new RegistryException(
                    ErrorCode.ANSWER_TOO_LARGE,
                    "What was asked for is more than " + max.toBytes()
                            + " bytes (registry.discovery.max_read_bytes). Ask for less by a limit, or for one page after the other.");
        }
        if (isLarge() && permit.get() == Permit.NONE) {
            acquire();
        }
    }

    private void acquire() {
        if (!large.begin()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED, "Another large service is being read; one is at a time.", RETRY_AFTER);
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
}
