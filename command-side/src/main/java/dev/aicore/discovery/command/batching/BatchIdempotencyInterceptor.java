package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.UnitOfWorkIdempotencyKeys;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the idempotency keys of a batch to its unit of work, so that they become durable together with its events.
 * The shard does not see the keys. Each key is stored with the event of its command. The key of a command without an
 * event is not stored: nothing was done, and a repetition is decided again.
 */
final class BatchIdempotencyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    /**
     * Metadata entry of the idempotency keys: a list as long as the batch's commands, null for a command without key.
     */
    static final String KEYS = "idempotency_keys";

    @Override
    @SuppressWarnings(
            "unchecked") // CommandBusDispatcher sets the keys; the shard's handler returns a list of CommandResult
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
