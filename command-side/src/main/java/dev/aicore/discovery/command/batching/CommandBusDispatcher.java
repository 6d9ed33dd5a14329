package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.jspecify.annotations.Nullable;

/** Dispatches batches on Axon's command bus, which runs the shard on the caller's thread. */
final class CommandBusDispatcher implements ShardDispatcher {

    private final CommandBus commandBus;
    private final Runnable requireStore;
    private final Runnable requireOwnership;

    /**
     * Creates a dispatcher.
     *
     * @param requireStore throws while the store can't be written; a shard is not loaded then, because a failed append
     *     would discard it again
     * @param requireOwnership throws if another node may own the store; results without an event are not true then
     */
    CommandBusDispatcher(CommandBus bus, Runnable requireStore, Runnable requireOwnership) {
        this.commandBus = bus;
        this.requireStore = requireStore;
        this.requireOwnership = requireOwnership;
    }

    @Override
    @SuppressWarnings("unchecked") // the handler returns a list of CommandResult, AppendResultInterceptor wraps it
    public DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        requireStore.run();
        var callback = new FutureCallback<DecideBatch, Object>();
        commandBus.dispatch(new GenericCommandMessage<>(batch, IdempotencyInterceptor.metaData(keys)), callback);
        var durableResult =
                (DurableResult<List<CommandResult>>) callback.getResult().getPayload();
        if (durableResult.appendResult().isEmpty()) {
            requireOwnership.run();
        }
        return durableResult;
    }
}
