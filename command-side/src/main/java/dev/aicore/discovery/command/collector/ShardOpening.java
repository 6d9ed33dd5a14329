package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.OpenShard;
import dev.aicore.discovery.api.shard.Shards;
import java.time.Instant;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * Makes the shards of a new store. A shard that has any event is never made: where its first events are gone and no
 * snapshot is left, loading it fails rather than beginning anew.
 */
final class ShardOpening {

    private final CommandBus bus;
    private final EventStorageEngine engine;

    ShardOpening(CommandBus bus, EventStorageEngine engine) {
        this.bus = bus;
        this.engine = engine;
    }

    void openMissing(int shards, Instant now) {
        for (int shard = 0; shard < shards; shard++) {
            var name = Shards.name(shard);
            if (engine.lastSequenceNumberFor(name).isEmpty()) {
                var callback = new FutureCallback<OpenShard, Object>();
                bus.dispatch(new GenericCommandMessage<>(new OpenShard(name, shards, now)), callback);
                var opened = callback.getResult();
                if (opened.isExceptional()) {
                    throw new IllegalStateException("Shard " + name + " can't be opened.", opened.exceptionResult());
                }
            }
        }
    }
}
