package dev.aicore.discovery.query.database;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets one statement at a time bring much into memory. For use by many threads. */
public final class LargeReadLimit {

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Returns whether one more may; it must {@link #end} then. */
    boolean begin() {
        return busy.compareAndSet(false, true);
    }

    void end() {
        busy.set(false);
    }
}
