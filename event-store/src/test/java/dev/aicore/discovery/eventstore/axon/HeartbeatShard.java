package dev.aicore.discovery.eventstore.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardOpened;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Smallest shard that decides a command. */
@Aggregate(type = "RegistryShard", cache = "shardCache", snapshotTriggerDefinition = "everyFourEvents")
class HeartbeatShard {

    static final SnapshotCodec<HeartbeatShard> CODEC = new SnapshotCodec<>(
            HeartbeatShard.class,
            "HeartbeatShard",
            1,
            shard -> ByteBuffer.allocate(4).putInt(shard.beats).array(),
            bytes -> {
                var shard = new HeartbeatShard();
                shard.id = "shard-0";
                shard.beats = ByteBuffer.wrap(bytes).getInt();
                return shard;
            });

    record Open(@TargetAggregateIdentifier String shard) {}

    record Beat(@TargetAggregateIdentifier String shard, boolean thenFail) {}

    record Look(@TargetAggregateIdentifier String shard) {}

    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable String id;

    private int beats;

    HeartbeatShard() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    int open(Open command) {
        apply(new ShardOpened(command.shard(), 16, Instant.EPOCH));
        return 0;
    }

    @CommandHandler
    int beat(Beat command) {
        apply(new ObservationsRecorded(new byte[] {1}));
        if (command.thenFail()) {
            throw new IllegalStateException("after the event was applied");
        }
        return beats;
    }

    @CommandHandler
    int look(Look command) {
        return beats;
    }

    @EventSourcingHandler
    void on(ShardOpened event) {
        id = event.shard();
    }

    @EventSourcingHandler
    void on(ObservationsRecorded event) {
        beats++;
    }
}
