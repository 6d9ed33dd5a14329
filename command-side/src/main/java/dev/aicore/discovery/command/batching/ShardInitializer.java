package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.OpenShard;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Makes the shards of a new store, each when it is first asked. A shard that has any event is never made: where its first events are gone
 * and no snapshot is left, loading it fails rather than beginning anew.
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
    public BatchResult decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
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
        // Fails as the command did.
        callback.getResult().getPayload();
    }
}
