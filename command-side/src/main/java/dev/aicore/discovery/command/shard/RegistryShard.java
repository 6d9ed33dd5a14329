package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.quarantine.EventQuarantined;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.LeasesExtended;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.OpenShard;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardOpened;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/**
 * Aggregate of all instances of the services that hash to it. Everything that concerns a service is decided here, on
 * the state of this shard, in order of arrival.
 */
@AggregateRoot
public final class RegistryShard {

    /** Null until the first event: Axon takes any other value for the aggregate's identifier. */
    @AggregateIdentifier
    private @Nullable String name;

    private ShardState state = new ShardState();

    /** Creates an empty shard, to which Axon applies the shard's events. */
    RegistryShard() {}

    /** Creates a shard with the state of a snapshot. */
    RegistryShard(String name, ShardState state) {
        this.name = name;
        this.state = state;
    }

    @CommandHandler
    RegistryShard(OpenShard open) {
        AggregateLifecycle.apply(new ShardOpened(open.shard(), open.shards(), open.openedAt()));
    }

    /**
     * Returns one result per command, in their order. A refusal never throws, because an exception would roll back the
     * whole batch.
     */
    @CommandHandler
    List<CommandResult> decide(DecideBatch batch, ShardPolicies shardPolicies, DeclarationMerger declarationMerger) {
        return new BatchDecider(
                        name(),
                        state,
                        shardPolicies,
                        declarationMerger,
                        CheckpointPolicy.DEFAULT,
                        batch.decidedAt(),
                        batch.listening(),
                        batch.items().size(),
                        AggregateLifecycle::apply)
                .decide(batch.items());
    }

    @EventSourcingHandler
    void on(ShardOpened opened) {
        name = opened.shard();
    }

    @EventSourcingHandler
    void on(InstanceFact fact) {
        state.apply(fact);
    }

    @EventSourcingHandler
    void on(ObservationsRecorded recorded) {
        state.apply(recorded);
    }

    @EventSourcingHandler
    void on(EventQuarantined quarantined) {
        state.apply(quarantined);
    }

    @EventSourcingHandler
    void on(SelfPreservationEntered entered) {
        state.apply(entered);
    }

    @EventSourcingHandler
    void on(SelfPreservationExited exited) {
        state.apply(exited);
    }

    @EventSourcingHandler
    void on(LeasesExtended extended) {
        state.apply(extended);
    }

    @EventSourcingHandler
    void on(ShardCheckpointed checkpointed) {
        state.apply(checkpointed);
    }

    String name() {
        return Objects.requireNonNull(name, "a shard that wasn't opened");
    }

    ShardState state() {
        return state;
    }
}
