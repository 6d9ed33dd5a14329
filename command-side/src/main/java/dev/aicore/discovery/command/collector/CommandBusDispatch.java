package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.config.eventstore.Decided;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;

/** Over the framework's command bus, which runs the shard on the caller's thread. */
final class CommandBusDispatch implements ShardDispatch {

    private final CommandBus bus;

    CommandBusDispatch(CommandBus bus) {
        this.bus = bus;
    }

    @Override
    @SuppressWarnings(
            "unchecked") // the shard's handler answers a list of Settled, and the interceptor makes that a Decided
    public Verdict decide(DecideBatch batch) {
        var callback = new FutureCallback<DecideBatch, Object>();
        bus.dispatch(new GenericCommandMessage<>(batch), callback);
        var decided = (Decided<List<Settled>>) callback.getResult().getPayload();
        return decided.receipt()
                .map(receipt -> new Verdict(decided.result(), receipt.firstPosition(), receipt.count()))
                .orElseGet(() -> new Verdict(decided.result(), 0, 0));
    }
}
