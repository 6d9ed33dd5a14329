package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.command.instance.TestDeclarationMerger;
import dev.aicore.discovery.command.shard.policy.BreakerPolicy;
import dev.aicore.discovery.command.shard.policy.DampingPolicy;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines.LeaseRules;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shard without Axon that records its commands, outcomes and events. */
final class ShardHarness {

    private static final LeaseRules LEASES =
            new LeaseRules(ShardSamples.GRACE_PERIOD, ShardSamples.REVIVE_WINDOW, Duration.ofHours(24), false);

    /** Quotas without limits. */
    static final InstanceQuotaPolicy FREE = new InstanceQuotaPolicy(Integer.MAX_VALUE, Integer.MAX_VALUE, free());

    /** Policies under which instances are independent: no self-preservation, damping or ejection. */
    static final ShardPolicies LONE = new ShardPolicies(
            LEASES,
            new ExpiryCapPolicy(1, 3),
            new DampingPolicy(15, Duration.ofHours(1), 1),
            new BreakerPolicy(false, 50, 100, Duration.ofSeconds(60), 100, 20, Duration.ofSeconds(30), 5, 0.5),
            FREE);

    /** Policies with low thresholds, so that all transitions happen soon. */
    static final ShardPolicies TOUCHY = new ShardPolicies(
            new LeaseRules(ShardSamples.GRACE_PERIOD, ShardSamples.REVIVE_WINDOW, Duration.ofSeconds(40), true),
            new ExpiryCapPolicy(0.15, 3),
            new DampingPolicy(2, Duration.ofMinutes(10), 2),
            new BreakerPolicy(true, 50, 100, Duration.ofSeconds(1), 10, 2, Duration.ofSeconds(20), 2, 0.5),
            FREE);

    private static final DeclarationMerger MERGE = TestDeclarationMerger.usual();

    private static final WireSerializer WIRE = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));

    final ShardState state;
    private final ShardEvolver evolver;
    final List<RegistryEvent> events = new ArrayList<>();
    final List<Answered> answered = new ArrayList<>();
    private final String shard;
    private final CheckpointPolicy checkpointPolicy;
    private final ShardPolicies shardPolicies;

    /**
     * Result of a command.
     *
     * @param event number of its event among all events so far; -1 if it has none
     */
    record Answered(ShardCommand item, CommandResult settled, int event) {}

    /** Returns byte quotas without limits. */
    static ByteQuotaPolicy free() {
        return new ByteQuotaPolicy(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, new RegistryUsage());
    }

    ShardHarness(CheckpointPolicy checkpointPolicy) {
        this(checkpointPolicy, LONE);
    }

    ShardHarness(CheckpointPolicy checkpointPolicy, ShardPolicies shardPolicies) {
        this(new ShardState(), checkpointPolicy, shardPolicies);
    }

    ShardHarness(ShardState state, CheckpointPolicy checkpointPolicy, ShardPolicies shardPolicies) {
        this(ShardSamples.SHARD, state, checkpointPolicy, shardPolicies);
    }

    ShardHarness(String shard, ShardState state, CheckpointPolicy checkpointPolicy, ShardPolicies shardPolicies) {
        this.shard = shard;
        this.state = state;
        this.evolver = new ShardEvolver(state);
        this.checkpointPolicy = checkpointPolicy;
        this.shardPolicies = shardPolicies;
    }

    List<CommandResult> ask(Instant at, List<ShardCommand> items) {
        return ask(at, items, ListeningHistory.UNKNOWN);
    }

    List<CommandResult> ask(Instant at, List<ShardCommand> items, ListeningHistory listeningHistory) {
        int before = events.size();
        var settled = new BatchDecider(
                        new DecideBatch(shard, at, items, listeningHistory),
                        state,
                        shardPolicies,
                        MERGE,
                        checkpointPolicy,
                        this::addEvent)
                .decide();
        for (int i = 0; i < items.size(); i++) {
            int event = settled.get(i).event();
            answered.add(new Answered(items.get(i), settled.get(i), event < 0 ? -1 : before + event));
        }
        return settled;
    }

    private void addEvent(RegistryEvent event) {
        events.add(event);
        evolver.evolve(event);
    }

    static ShardState fold(ShardState state, List<RegistryEvent> events) {
        var evolver = new ShardEvolver(state);
        events.forEach(event -> evolver.evolve(serializedCopy(event)));
        return state;
    }

    private static RegistryEvent serializedCopy(RegistryEvent event) {
        return WIRE.deserialize(WIRE.serialize(event, byte[].class));
    }
}
