package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.OpenShard;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Creates the shards of a new store, each at its first batch. A shard that has an event is never created: if its first
 * events are missing and no snapshot is left, loading fails instead of starting from an empty state.
 */
final class ShardInitializer implements ShardDispatcher {

    private final ShardDispatcher dispatcher;
    private final CommandBus bus;
    private final EventStorageEngine engine;
    private final int shards;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    ShardInitializer(ShardDispatcher dispatcher, CommandBus bus, EventStorageEngine engine, int shards) {
        this.dispatcher = dispatcher;
        this.bus = bus;
        this.engine = engine;
        this.shards = shards;
    }

    @Override
    public DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        if (!opened.contains(batch.shard())) {
            if (engine.lastSequenceNumberFor(batch.shard()).isEmpty()) {
                open(batch);
            }
            opened.add(batch.shard());
        }
        return dispatcher.decide(batch, keys);
    }

    private void open(DecideBatch batch) {
        var callback = new FutureCallback<OpenShard, Object>();
        bus.dispatch(new GenericCommandMessage<>(new OpenShard(batch.shard(), shards, batch.decidedAt())), callback);
        // Throws if the command failed.
        callback.getResult().getPayload();
    }
}
