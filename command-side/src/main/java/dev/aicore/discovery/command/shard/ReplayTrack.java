package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.function.Consumer;

/**
 * State of a shard in a replay, which evolves by recorded events or by decisions about them. Decisions are carried out
 * one by one: {@link BatchDecider} packs observations, and its decisions are the same.
 */
final class ReplayTrack {

    private static final int[] NO_EVENTS = new int[0];

    final ShardState state = new ShardState();
    private final ShardEvolver evolver = new ShardEvolver(state);
    private final String shard;
    private final ShardPolicies policies;
    private final DeclarationMerger noMerger;
    private final Consumer<RegistryEvent> recorder;

    /** @param recorder receives each event that is not an observation, after the state contains it */
    ReplayTrack(String shard, ShardPolicies policies, Consumer<RegistryEvent> recorder) {
        this.shard = shard;
        this.policies = policies;
        this.recorder = recorder;
        this.noMerger = (_, _) -> {
            throw new IllegalStateException("A replay merges no patches.");
        };
    }

    /** Deciders of one point in time. */
    record Deciders(
            DecisionContext context,
            SelfPreservationDecider selfPreservation,
            CircuitBreakerDecider breakers,
            HealthDecider health,
            RenewalDecider renewals,
            ExpiryDecider expiries) {}

    /** Returns the deciders of a time in epoch milliseconds. */
    Deciders at(long now) {
        var context = context(now);
        var leases = new LeaseCalculator(context);
        var selfPreservation = new SelfPreservationDecider(context);
        var breakers = new CircuitBreakerDecider(context, leases);
        var health = new HealthDecider(context, breakers);
        return new Deciders(
                context,
                selfPreservation,
                breakers,
                health,
                new RenewalDecider(context, leases, health, breakers),
                new ExpiryDecider(context, leases, selfPreservation, breakers));
    }

    /** Returns the lease of an instance at a time in epoch milliseconds. */
    Lease lease(String id, long now) {
        return new LeaseCalculator(context(now)).lease(id);
    }

    /** Records a decided or external event. */
    void record(Deciders deciders, RegistryEvent event) {
        evolve(event);
        if (event instanceof InstanceFact fact && deciders.selfPreservation().isOver(fact.service())) {
            evolve(deciders.selfPreservation().exit(fact.service()));
        }
    }

    /** Folds an event into the state as it was recorded. */
    void evolve(RegistryEvent event) {
        evolver.evolve(event);
        recorder.accept(event);
    }

    /** Folds one observation into the state. */
    void observe(Observation observation, long decidedAt) {
        var packer = new ObservationPacker(decidedAt);
        packer.add(
                observation.instance().slot,
                observation.kind(),
                observation.observedAt(),
                observation.first(),
                observation.second());
        evolver.evolve(packer.toEvent());
    }

    /** Carries out a decision, without its outcome. */
    void carryOut(Deciders deciders, Decision decision) {
        switch (decision) {
            case Decision.Result _ -> {}
            case Decision.Step(var observations, var events, var next) -> {
                observations.forEach(
                        observation -> observe(observation, deciders.context().now()));
                events.forEach(event -> record(deciders, event));
                carryOut(deciders, next.get());
            }
            case Decision.Sequence(var parts, var _) -> parts.forEach(part -> carryOut(deciders, part.get()));
        }
    }

    private DecisionContext context(long now) {
        return new DecisionContext(
                shard,
                state,
                new PendingObservations(state, now, NO_EVENTS),
                policies,
                noMerger,
                ListeningHistory.UNKNOWN,
                now);
    }
}
