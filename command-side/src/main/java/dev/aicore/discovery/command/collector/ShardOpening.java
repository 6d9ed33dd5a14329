package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.OpenShard;
import dev.aicore.discovery.config.eventstore.WriteKey;
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
final class ShardOpening implements ShardDispatch {

    private final ShardDispatch dispatch;
    private final CommandBus bus;
    private final EventStorageEngine engine;
    private final int shards;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    ShardOpening(ShardDispatch dispatch, CommandBus bus, EventStorageEngine engine, int shards) {
        this.dispatch = dispatch;
        this.bus = bus;
        this.engine = engine;
        this.shards = shards;
    }

    @Override
    public Verdict decide(DecideBatch batch, List<@Nullable WriteKey> keys) {
        if (!opened.contains(batch.shard())) {
            if (engine.lastSequenceNumberFor(batch.shard()).isEmpty()) {
                open(batch);
            }
            opened.add(batch.shard());
        }
        return dispatch.decide(batch, keys);
    }

    private void open(DecideBatch batch) {
        var callback = new FutureCallback<OpenShard, Object>();
        bus.dispatch(new GenericCommandMessage<>(new OpenShard(batch.shard(), shards, batch.decidedAt())), callback);
        // Fails as the command did.
        callback.getResult().getPayload();
    }
}
