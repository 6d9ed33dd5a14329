package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.OpenShard;
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

    private final ShardState state;
    private final ShardEvolver evolver;

    /** Creates an empty shard, to which Axon applies the shard's events. */
    RegistryShard() {
        this.state = new ShardState();
        this.evolver = new ShardEvolver(state);
    }

    /** Creates a shard with the state of a snapshot. */
    RegistryShard(String name, ShardState state) {
        this.name = name;
        this.state = state;
        this.evolver = new ShardEvolver(state);
    }

    @CommandHandler
    RegistryShard(OpenShard open) {
        this();
        AggregateLifecycle.apply(new ShardOpened(open.shard(), open.shards(), open.openedAt()));
    }

    /**
     * Returns one result per command, in their order. A refusal never throws, because an exception would roll back the
     * whole batch.
     */
    @CommandHandler
    List<CommandResult> decide(DecideBatch batch, ShardPolicies shardPolicies, DeclarationMerger declarationMerger) {
        return new BatchDecider(
                        batch,
                        state,
                        shardPolicies,
                        declarationMerger,
                        CheckpointPolicy.DEFAULT,
                        AggregateLifecycle::apply)
                .decide();
    }

    @EventSourcingHandler
    void on(ShardOpened opened) {
        name = opened.shard();
    }

    @EventSourcingHandler
    void on(RegistryEvent event) {
        evolver.evolve(event);
    }

    String name() {
        return Objects.requireNonNull(name, "The shard is not opened.");
    }

    ShardState state() {
        return state;
    }
}
