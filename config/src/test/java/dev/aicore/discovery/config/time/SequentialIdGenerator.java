package dev.aicore.discovery.config.time;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Generates predictable ids: 00000000-0000-0000-0000-000000000001, and so on. */
public final class SequentialIdGenerator implements IdGenerator {
    private final AtomicLong last = new AtomicLong();

    @Override
    public UUID next() {
        return new UUID(0, last.incrementAndGet());
    }
}
