package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the bytes of the unanswered writes of all shards. A write is in memory several times until it is durable. */
final class QueuedByteLimit {

    /** Approximate bytes of a list in the view of a heartbeat, with the name of its service. */
    private static final long LIST_BYTES = 128;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicLong bytes = new AtomicLong();
    private final long max;

    QueuedByteLimit(long max) {
        this.max = max;
    }

    /**
     * Acquires bytes for a write, to be returned by {@link #release}. A write without content, e.g. a heartbeat, needs
     * none.
     *
     * @throws RegistryException {@code overloaded} if the limit would be exceeded; a single write is always admitted
     */
    void take(long more) {
        long before = bytes.getAndAdd(more);
        if (more > 0 && before > 0 && before + more > max) {
            bytes.addAndGet(-more);
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    "Writes of " + before + " bytes are queued for the event store and this write has " + more
                            + "; the maximum is " + max + " (event_store.max_queue_bytes).",
                    RETRY_AFTER);
        }
    }

    void release(long taken) {
        bytes.addAndGet(-taken);
    }

    /** Returns the approximate bytes of a command's content; 0 for commands with almost no content. */
    static long of(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> register.declaration().characters();
            case UpdateInstance update -> update.patch().length();
            case RestoreServiceInstances restore ->
                restore.steps().stream()
                        .flatMap(step -> step.changes().stream())
                        .mapToLong(QueuedByteLimit::of)
                        .sum();
            case RenewLease renew -> LIST_BYTES * renew.lists().size();
            default -> 0;
        };
    }
}
