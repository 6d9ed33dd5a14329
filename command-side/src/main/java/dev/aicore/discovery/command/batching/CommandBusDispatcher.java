package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** Over the framework's command bus, which runs the shard on the caller's thread. */
final class CommandBusDispatcher implements ShardDispatcher {

    private final CommandBus bus;
    private final Runnable requireStore;

    /** @param requireStore throws while nothing can be appended: a shard need not be loaded then, only to be forgotten again */
    CommandBusDispatcher(CommandBus bus, Runnable requireStore) {
        this.bus = bus;
        this.requireStore = requireStore;
    }

    @Override
    @SuppressWarnings(
            "unchecked") // the shard's handler answers a list of Settled, and the interceptor makes that a Decided
    public BatchResult decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        requireStore.run();
        var beside = keys.isEmpty() ? MetaData.emptyInstance() : MetaData.with(BatchIdempotencyInterceptor.KEYS, keys);
        var callback = new FutureCallback<DecideBatch, Object>();
        bus.dispatch(new GenericCommandMessage<>(batch, beside), callback);
        var durableResult =
                (DurableResult<List<CommandResult>>) callback.getResult().getPayload();
        return durableResult
                .receipt()
                .map(result -> new BatchResult(
                        durableResult.result(), result.firstPosition(), result.count(), result.recordedAt()))
                .orElseGet(() -> new BatchResult(durableResult.result(), 0, 0, null));
    }
}
