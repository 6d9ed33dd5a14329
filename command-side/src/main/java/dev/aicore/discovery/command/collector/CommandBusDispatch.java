package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.config.eventstore.Decided;
import dev.aicore.discovery.config.eventstore.WriteKey;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** Over the framework's command bus, which runs the shard on the caller's thread. */
final class CommandBusDispatch implements ShardDispatch {

    private final CommandBus bus;
    private final Runnable requireStore;

    /** @param requireStore throws while nothing can be appended: a shard need not be loaded then, only to be forgotten again */
    CommandBusDispatch(CommandBus bus, Runnable requireStore) {
        this.bus = bus;
        this.requireStore = requireStore;
    }

    @Override
    @SuppressWarnings(
            "unchecked") // the shard's handler answers a list of Settled, and the interceptor makes that a Decided
    public Verdict decide(DecideBatch batch, List<@Nullable WriteKey> keys) {
        requireStore.run();
        var beside = keys.isEmpty() ? MetaData.emptyInstance() : MetaData.with(KeyInterceptor.KEYS, keys);
        var callback = new FutureCallback<DecideBatch, Object>();
        bus.dispatch(new GenericCommandMessage<>(batch, beside), callback);
        var decided = (Decided<List<Settled>>) callback.getResult().getPayload();
        return decided.receipt()
                .map(receipt ->
                        new Verdict(decided.result(), receipt.firstPosition(), receipt.count(), receipt.recordedAt()))
                .orElseGet(() -> new Verdict(decided.result(), 0, 0, null));
    }
}
