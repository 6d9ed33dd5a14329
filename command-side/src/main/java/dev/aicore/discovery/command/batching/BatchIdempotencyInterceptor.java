package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import dev.aicore.discovery.eventstore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.UnitOfWorkIdempotencyKeys;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Lets the keys of a batch become durable with its events, past the shard, which knows nothing of them. A key goes with its item's
 * event; an item that took none did nothing, and is decided again when it is sent again.
 */
final class BatchIdempotencyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    /** Where a command has its keys: a list as long as its items', null where an item has none. */
    static final String KEYS = "idempotency_keys";

    @Override
    @SuppressWarnings(
            "unchecked") // CommandBusDispatcher puts the keys there, and the shard's handler answers a list of Settled
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        var result = chain.proceed();
        var command = work.getMessage();
        if (command.getMetaData().get(KEYS) instanceof List<?> keys) {
            UnitOfWorkIdempotencyKeys.attach(
                    work, bind((DecideBatch) command.getPayload(), (List<@Nullable IdempotencyKey>) keys, (List<
                                    CommandResult>)
                            result));
        }
        return result;
    }

    private static List<NewIdempotencyRecord> bind(
            DecideBatch batch, List<@Nullable IdempotencyKey> keys, List<CommandResult> settled) {
        var bound = new ArrayList<NewIdempotencyRecord>();
        for (int item = 0; item < keys.size(); item++) {
            var key = keys.get(item);
            var outcome = settled.get(item);
            if (key != null && outcome.event() >= 0) {
                bound.add(new NewIdempotencyRecord(
                        key, outcome.event(), ReplayableOutcome.write(batch.decidedAt(), outcome.outcome())));
            }
        }
        return bound;
    }
}
