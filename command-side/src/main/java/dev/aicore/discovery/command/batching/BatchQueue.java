package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Holds what waits for a shard, for many threads that add and one that takes batches. Only a batch that nobody waits for lingers. */
final class BatchQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** An item with who waits for it. */
    record QueuedCommand(ShardCommand item, @Nullable IdempotencyKey key, CompletableFuture<CommandReply> reply) {}

    private final String name;
    private final WriteSettings settings;
    private final TimeSource time;
    private final QueuedByteLimit queued;
    private final LingerPolicy lingerPolicy;
    private final ConcurrentLinkedQueue<QueuedCommand> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Counts those that aren't to wait for others. */
    private final AtomicInteger urgent = new AtomicInteger();

    private volatile @Nullable Thread taker;
    private volatile boolean idle;
    private volatile boolean lingering;
    private volatile boolean closed;

    /**
     * Makes an empty one.
     *
     * @param name of the shard, for refusals
     * @param queued bounds what the items of all shards say
     */
    BatchQueue(String name, WriteSettings settings, TimeSource time, QueuedByteLimit queued) {
        this.name = name;
        this.settings = settings;
        this.time = time;
        this.queued = queued;
        this.lingerPolicy = new LingerPolicy(settings);
    }

    /**
     * Adds an item. Never blocks.
     *
     * @return completed by whoever takes it
     * @throws RegistryException {@code overloaded} or {@code store_unavailable} if it finds no place
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
            // The taker may have seen what was added for a moment, and wait for that.
            LockSupport.unpark(taker);
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
        if (idle || (lingering && (isUrgent || before + weight >= settings.batchMin()))) {
            LockSupport.unpark(taker);
        }
        return reply;
    }

    /**
     * Takes the next batch, in the order of arrival; waits until there is one. By one thread.
     *
     * @return false if it was closed and nothing waits
     */
    boolean take(List<QueuedCommand> batch) {
        taker = Thread.currentThread();
        if (!awaitFirst()) {
            return false;
        }
        awaitMore();
        int taken = 0;
        int decisions = 0;
        for (var next = queue.poll(); next != null; next = decisions < settings.batchMax() ? queue.poll() : null) {
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

    /** Notes that a batch was decided, whose callers don't know yet. */
    void decided(int items) {
        lingerPolicy.decided(items, !queue.isEmpty());
    }

    /** Takes no more; what waits can still be taken. */
    void close() {
        closed = true;
        LockSupport.unpark(taker);
    }

    private void requirePlace(int before) {
        if (closed) {
            throw new RegistryException(ErrorCode.STORE_UNAVAILABLE, "The registry is stopping.", RETRY_AFTER);
        }
        if (before >= settings.queueMax()) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    before + " requests wait for " + name + "; at most " + settings.queueMax() + " may.",
                    RETRY_AFTER);
        }
    }

    /** Returns how many requests an item stands for, in the bounds of the queue and of a batch. */
    private static int weight(ShardCommand command) {
        return switch (command) {
            case RenewLeases many -> Math.max(1, many.ids().size());
            case RestoreService many -> Math.max(1, many.steps().size());
            default -> 1;
        };
    }

    /**
     * Returns whether somebody waits for the answer, as for that to a registration or to a single heartbeat: then its batch leaves as soon as the one
     * before it is durable. What comes as a stream may wait for more of its kind, which is packed into fewer bytes and commits.
     */
    private static boolean isUrgent(ShardCommand command) {
        return switch (command) {
            case RenewLeases _, RecordCheck _, ReportCalls _, ExpireLeases _ -> false;
            default -> true;
        };
    }

    /** Returns how many events an item may make. What the registry proposes crowds nobody out of the queue, and fills a batch. */
    private static int decisions(ShardCommand command) {
        return command instanceof ExpireLeases many ? Math.max(1, many.ids().size()) : weight(command);
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
        // Told before anything is counted: whoever comes after the count sees it, and wakes this thread.
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
        for (long look = lingerPolicy.nextCheck(since, 0);
                look > 0 && !closed;
                look = lingerPolicy.nextCheck(since, time.nanos() - since)) {
            LockSupport.parkNanos(this, look);
            int now = size.get();
            if (urgent.get() > 0 || now >= settings.batchMin() || now == seen) {
                return;
            }
            seen = now;
        }
    }
}
