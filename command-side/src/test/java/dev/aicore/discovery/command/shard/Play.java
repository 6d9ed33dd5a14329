package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.LeasesGraced;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.command.instance.Merging;
import dev.aicore.discovery.command.lease.LeaseRules;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shard without the framework around it: what it was asked, what it answered, what happened. */
final class Play {

    static final LeaseRules RULES = new LeaseRules(Samples.GRACE_PERIOD, Samples.REVIVE_WINDOW, false);

    private static final Merge MERGE = Merging.usual();

    private static final WireSerializer WIRE = new WireSerializer(new WireRegistry(WireTypes.ALL));

    final ShardState state;
    final List<Object> events = new ArrayList<>();
    final List<Answered> answered = new ArrayList<>();
    private final Checkpointing checkpointing;

    /**
     * An answer.
     *
     * @param event the event that it names, of all that have happened; -1 if it names none
     */
    record Answered(Item item, Settled settled, int event) {}

    Play(Checkpointing checkpointing) {
        this(new ShardState(), checkpointing);
    }

    Play(ShardState state, Checkpointing checkpointing) {
        this.state = state;
        this.checkpointing = checkpointing;
    }

    List<Settled> ask(Instant at, List<Item> items) {
        int before = events.size();
        var settled = new Decision(Samples.SHARD, state, RULES, MERGE, checkpointing, at, items.size(), this::happened)
                .decide(items);
        for (int i = 0; i < items.size(); i++) {
            int event = settled.get(i).event();
            answered.add(new Answered(items.get(i), settled.get(i), event < 0 ? -1 : before + event));
        }
        return settled;
    }

    private void happened(Object event) {
        events.add(event);
        apply(state, event);
    }

    static ShardState fold(ShardState state, List<Object> events) {
        events.forEach(event -> apply(state, throughTheWire(event)));
        return state;
    }

    private static Object throughTheWire(Object event) {
        return WIRE.deserialize(WIRE.serialize(event, byte[].class));
    }

    private static void apply(ShardState state, Object event) {
        switch (event) {
            case InstanceFact fact -> state.apply(fact);
            case ObservationsRecorded recorded -> state.apply(recorded);
            case PicksReset _ -> {}
            case LeasesGraced graced -> state.apply(graced);
            case ShardCheckpointed checkpointed -> state.apply(checkpointed);
            default -> throw new IllegalArgumentException("No event of a shard: " + event);
        }
    }
}
