package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what the writes of all shards say that aren't answered yet: each is there several times until it is durable. */
final class QueuedByteLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicLong bytes = new AtomicLong();
    private final long max;

    QueuedByteLimit(long max) {
        this.max = max;
    }

    /**
     * Takes room for a write, to be given back by {@link #release}. What says nothing, as a heartbeat, needs none.
     *
     * @throws RegistryException {@code overloaded} if there is too little; one that is alone always finds enough
     */
    void take(long more) {
        long before = bytes.getAndAdd(more);
        if (more > 0 && before > 0 && before + more > max) {
            bytes.addAndGet(-more);
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    "Writes of " + before + " bytes wait for the event store; this one has " + more + ", and at most "
                            + max + " may (event_store.max_queue_bytes).",
                    RETRY_AFTER);
        }
    }

    void release(long taken) {
        bytes.addAndGet(-taken);
    }

    /** Returns about how many bytes an item says; 0 of those that say next to nothing. */
    static long of(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> register.declaration().characters();
            case UpdateInstance update -> update.patch().length();
            case RestoreService restore ->
                restore.steps().stream()
                        .flatMap(step -> step.changes().stream())
                        .mapToLong(QueuedByteLimit::of)
                        .sum();
            default -> 0;
        };
    }
}
