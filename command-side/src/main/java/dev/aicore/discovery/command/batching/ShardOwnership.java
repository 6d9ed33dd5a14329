package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.eventstore.ClaimFollower.OwnerWork;
import dev.aicore.discovery.eventstore.axon.StrongCache;

/** Lets the command gateway decide while this node owns the event store. */
final class ShardOwnership implements OwnerWork {

    private final StrongCache shards;
    private final CommandGateway commandGateway;

    ShardOwnership(StrongCache shards, CommandGateway commandGateway) {
        this.shards = shards;
        this.commandGateway = commandGateway;
    }

    @Override
    public void begin() {
        // Another node may have appended events that the cached shards lack.
        shards.removeAll();
        commandGateway.own();
    }

    @Override
    public void end() {
        commandGateway.disown();
    }
}
