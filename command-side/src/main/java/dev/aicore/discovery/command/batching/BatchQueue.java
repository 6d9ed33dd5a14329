package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Queues the commands of a shard until they are taken as a batch. Any number of threads add commands; one thread takes
 * batches. Only a batch without urgent commands lingers.
 */
final class BatchQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Queued command with the future of its reply. The key is null if the command has none. */
    record QueuedCommand(ShardCommand item, @Nullable IdempotencyKey key, CompletableFuture<CommandReply> reply) {}

    private final String name;
    private final WriteSettings settings;
    private final TimeSource time;
    private final QueuedByteLimit queued;
    private final LingerPolicy lingerPolicy;
    private final ConcurrentLinkedQueue<QueuedCommand> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Number of queued commands that must not linger. */
    private final AtomicInteger urgent = new AtomicInteger();

    private volatile @Nullable Thread consumer;
    private volatile boolean idle;
    private volatile boolean lingering;
    private volatile boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param name name of the shard, for error messages
     * @param queued limit of the bytes that are queued over all shards
     */
    BatchQueue(String name, WriteSettings settings, TimeSource time, QueuedByteLimit queued) {
        this.name = name;
        this.settings = settings;
        this.time = time;
        this.queued = queued;
        this.lingerPolicy = new LingerPolicy(settings);
    }

    /**
     * Adds a command. Never blocks.
     *
     * @return future of the reply, completed by the thread that takes the command
     * @throws RegistryException {@code overloaded} if the queue or the byte limit is full, {@code store_unavailable} if
     *     the queue is closed
     */
    CompletableFuture<CommandReply> add(ShardCommand command, @Nullable IdempotencyKey key) {
        int weight = weight(command);
        int before = size.getAndAdd(weight);
        long bytes = QueuedByteLimit.of(command);
        try {
            requirePlace(before);
            queued.take(bytes);
        } catch (RegistryException full) {
            size.addAndGet(-weight);
            // The taker may have read the size while it included this command, and wait for a command that never
            // arrives.
            LockSupport.unpark(consumer);
            throw full;
        }
        var reply = new CompletableFuture<CommandReply>();
        if (bytes > 0) {
            var _ = reply.whenComplete((_, _) -> queued.release(bytes));
        }
        boolean isUrgent = isUrgent(command);
        if (isUrgent) {
            urgent.incrementAndGet();
        }
        queue.add(new QueuedCommand(command, key, reply));
        if (idle || (lingering && (isUrgent || before + weight >= settings.minBatchSize()))) {
            LockSupport.unpark(consumer);
        }
        return reply;
    }

    /**
     * Takes the next batch in order of arrival; blocks until a command is queued. Must be called by one thread only.
     *
     * @param batch list that the commands are appended to
     * @return false if the queue is closed and empty
     */
    boolean take(List<QueuedCommand> batch) {
        consumer = Thread.currentThread();
        if (!awaitFirst()) {
            return false;
        }
        awaitMore();
        int taken = 0;
        int decisions = 0;
        for (var next = queue.poll(); next != null; next = decisions < settings.maxBatchSize() ? queue.poll() : null) {
            taken += weight(next.item());
            decisions += decisions(next.item());
            if (isUrgent(next.item())) {
                urgent.decrementAndGet();
            }
            batch.add(next);
        }
        size.addAndGet(-taken);
        return true;
    }

    /** Records the size of a decided batch. Called before its callers receive their replies. */
    void decided(int items) {
        lingerPolicy.decided(items, !queue.isEmpty());
    }

    /** Rejects further commands. Queued commands can still be taken. */
    void close() {
        closed = true;
        LockSupport.unpark(consumer);
    }

    private void requirePlace(int before) {
        if (closed) {
            throw new RegistryException(ErrorCode.STORE_UNAVAILABLE, "The registry is stopping.", RETRY_AFTER);
        }
        if (before >= settings.maxQueueSize()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    before + " requests are queued for " + name + "; the maximum is " + settings.maxQueueSize() + ".",
                    RETRY_AFTER);
        }
    }

    /**
     * Returns the number of requests that a command counts as in the bounds of the queue and of a batch; at least 1.
     */
    private static int weight(ShardCommand command) {
        return switch (command) {
            case RenewLeases renewLeases -> Math.max(1, renewLeases.ids().size());
            case RestoreServiceInstances restore -> Math.max(1, restore.steps().size());
            default -> 1;
        };
    }

    /**
     * Returns true if a caller waits for the reply to this single command, e.g. a registration or a heartbeat. A batch
     * with an urgent command is taken as soon as the batch before it is durable. Commands that arrive as a stream
     * (batch heartbeats, check results, call reports, expiries) may linger for more of their kind, which then take
     * fewer bytes and commits.
     */
    private static boolean isUrgent(ShardCommand command) {
        return switch (command) {
            case RenewLeases _, RecordCheck _, ReportCalls _, ExpireLeases _ -> false;
            default -> true;
        };
    }

    /**
     * Returns the maximum number of events that a command may cause. An expiry proposal counts as one request in the
     * bound of the queue, so that it displaces no request, but each of its ids counts in the size of a batch.
     */
    private static int decisions(ShardCommand command) {
        return command instanceof ExpireLeases expireLeases
                ? Math.max(1, expireLeases.ids().size())
                : weight(command);
    }

    private boolean awaitFirst() {
        while (queue.isEmpty()) {
            if (closed && size.get() == 0) {
                return false;
            }
            idle = true;
            if (queue.isEmpty() && !(closed && size.get() == 0)) {
                LockSupport.park(this);
            }
            idle = false;
        }
        return true;
    }

    private void awaitMore() {
        // Set before the commands are counted: a thread that adds a command after the count sees the flag and wakes
        // this thread.
        lingering = true;
        linger();
        lingering = false;
    }

    private void linger() {
        int seen = size.get();
        if (urgent.get() > 0 || !lingerPolicy.isOpen(seen)) {
            return;
        }
        long since = time.nanos();
        for (long waitNanos = lingerPolicy.nextCheck(since, 0);
                waitNanos > 0 && !closed;
                waitNanos = lingerPolicy.nextCheck(since, time.nanos() - since)) {
            LockSupport.parkNanos(this, waitNanos);
            int now = size.get();
            if (urgent.get() > 0 || now >= settings.minBatchSize() || now == seen) {
                return;
            }
            seen = now;
        }
    }
}
