package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records the batches it receives, returns configured outcomes, and blocks while it is held. */
final class FakeShardDispatcher implements ShardDispatcher {

    final List<DecideBatch> batches = Collections.synchronizedList(new ArrayList<>());
    final List<List<@Nullable IdempotencyKey>> keys = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayDecide = new Semaphore(0);
    private final AtomicLong position = new AtomicLong();
    private volatile boolean held;
    volatile @Nullable RuntimeException failure;
    volatile @Nullable RuntimeException failureOfKeyed;
    volatile Function<ShardCommand, Outcome> outcome = command ->
            new Outcome.Renewed(new Lease(((RenewLease) command).id(), 0, Phase.LIVE, Long.MAX_VALUE), false);

    void hold() {
        held = true;
    }

    void release() {
        held = false;
        mayDecide.release(1_000);
    }

    List<ShardCommand> items() {
        synchronized (batches) {
            return batches.stream().flatMap(batch -> batch.items().stream()).toList();
        }
    }

    @Override
    public DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        batches.add(batch);
        this.keys.add(keys);
        if (held) {
            mayDecide.acquireUninterruptibly();
        }
        var fails = keys.isEmpty() ? failure : failureOfKeyed;
        if (fails != null) {
            throw fails;
        }
        var settled = new ArrayList<CommandResult>();
        for (var command : batch.items()) {
            settled.add(new CommandResult(outcome.apply(command), settled.size()));
        }
        long first = position.getAndAdd(settled.size()) + 1;
        return new DurableResult<>(settled, new AppendResult(first, settled.size(), Instant.EPOCH));
    }
}
