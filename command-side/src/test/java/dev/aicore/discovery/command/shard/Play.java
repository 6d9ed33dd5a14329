package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.lease.PreservationEntered;
import dev.aicore.discovery.api.lease.PreservationLeft;
import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.LeasesGraced;
import dev.aicore.discovery.api.shard.Listening;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.command.health.BreakerPolicy;
import dev.aicore.discovery.command.health.DampingPolicy;
import dev.aicore.discovery.command.instance.Merging;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import dev.aicore.discovery.command.lease.LeaseRules;
import dev.aicore.discovery.config.eventstore.wire.WireRegistry;
import dev.aicore.discovery.config.eventstore.wire.WireSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A shard without the framework around it: what it was asked, what it answered, what happened. */
final class Play {

    private static final LeaseRules LEASES =
            new LeaseRules(Samples.GRACE_PERIOD, Samples.REVIVE_WINDOW, Duration.ofHours(24), false);

    /** As many as there can be. */
    static final Quotas FREE = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE, free());

    /** Each instance fares as if it were alone: nothing is held back, damped or ejected. */
    static final Rules LONE = new Rules(
            LEASES,
            new ExpiryCapPolicy(1, 3),
            new DampingPolicy(15, Duration.ofHours(1), 1),
            new BreakerPolicy(false, 50, 100, Duration.ofSeconds(60), 100, 20, Duration.ofSeconds(30), 5, 0.5),
            FREE);

    /** So touchy that everything happens soon. */
    static final Rules TOUCHY = new Rules(
            new LeaseRules(Samples.GRACE_PERIOD, Samples.REVIVE_WINDOW, Duration.ofSeconds(40), true),
            new ExpiryCapPolicy(0.15, 3),
            new DampingPolicy(2, Duration.ofMinutes(10), 2),
            new BreakerPolicy(true, 50, 100, Duration.ofSeconds(1), 10, 2, Duration.ofSeconds(20), 2, 0.5),
            FREE);

    private static final Merge MERGE = Merging.usual();

    private static final WireSerializer WIRE = new WireSerializer(new WireRegistry(WireTypes.ALL));

    final ShardState state;
    final List<Object> events = new ArrayList<>();
    final List<Answered> answered = new ArrayList<>();
    private final String shard;
    private final Checkpointing checkpointing;
    private final Rules rules;

    /**
     * An answer.
     *
     * @param event the event that it names, of all that have happened; -1 if it names none
     */
    record Answered(Item item, Settled settled, int event) {}

    /** As many bytes as there can be. */
    static ByteQuotas free() {
        return new ByteQuotas(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, new RegistryUsage());
    }

    Play(Checkpointing checkpointing) {
        this(checkpointing, LONE);
    }

    Play(Checkpointing checkpointing, Rules rules) {
        this(new ShardState(), checkpointing, rules);
    }

    Play(ShardState state, Checkpointing checkpointing, Rules rules) {
        this(Samples.SHARD, state, checkpointing, rules);
    }

    Play(String shard, ShardState state, Checkpointing checkpointing, Rules rules) {
        this.shard = shard;
        this.state = state;
        this.checkpointing = checkpointing;
        this.rules = rules;
    }

    List<Settled> ask(Instant at, List<Item> items) {
        return ask(at, items, Listening.UNKNOWN);
    }

    List<Settled> ask(Instant at, List<Item> items, Listening listening) {
        int before = events.size();
        var settled = new Decision(
                        shard, state, rules, MERGE, checkpointing, at, listening, items.size(), this::happened)
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
            case PicksReset _, DeadLetterDropped _ -> {}
            case PreservationEntered entered -> state.apply(entered);
            case PreservationLeft left -> state.apply(left);
            case LeasesGraced graced -> state.apply(graced);
            case ShardCheckpointed checkpointed -> state.apply(checkpointed);
            default -> throw new IllegalArgumentException("No event of a shard: " + event);
        }
    }
}
