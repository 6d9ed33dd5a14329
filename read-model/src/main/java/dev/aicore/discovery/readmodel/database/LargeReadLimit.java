package dev.aicore.discovery.readmodel.database;

import java.util.concurrent.atomic.AtomicBoolean;

/** Permits one large read at a time. Thread-safe. */
public final class LargeReadLimit {

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Acquires the permit. Returns false if another read holds it; after true the caller must call {@link #end}. */
    boolean begin() {
        return busy.compareAndSet(false, true);
    }

    void end() {
        busy.set(false);
    }
}
