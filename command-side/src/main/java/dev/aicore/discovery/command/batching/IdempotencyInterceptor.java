package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.UnitOfWorkIdempotencyKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the idempotency keys of a batch, or the key of a change of a configuration, to its unit of work, so that
 * they become durable together with its events. The aggregate does not see keys. Each key is stored with the event of
 * its command. The key of a command without an event is not stored: nothing was done, and a repetition is decided
 * again.
 */
public final class IdempotencyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final String KEYS = "idempotency_keys";

    /**
     * Returns the metadata of a command with keys.
     *
     * @param keys the keys of a batch, one per command, null for a command without key; or the single key of another
     *     command; empty if there are none
     */
    public static MetaData metaData(List<@Nullable IdempotencyKey> keys) {
        return keys.isEmpty() ? MetaData.emptyInstance() : MetaData.with(KEYS, keys);
    }

    @Override
    @SuppressWarnings("unchecked") // the metadata is that of metaData()
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        var result = chain.proceed();
        var command = work.getMessage();
        if (command.getMetaData().get(KEYS) instanceof List<?> keys) {
            UnitOfWorkIdempotencyKeys.attach(
                    work, bind(command.getPayload(), (List<@Nullable IdempotencyKey>) keys, result));
        }
        return result;
    }

    @SuppressWarnings("unchecked") // the shard's handler returns a list of CommandResult
    private static List<NewIdempotencyRecord> bind(Object command, List<@Nullable IdempotencyKey> keys, Object result) {
        return switch (command) {
            case DecideBatch batch -> bind(batch.decidedAt(), keys, (List<CommandResult>) result);
            case ConfigurationCommand change -> bind(change.at(), keys, List.of(commandResult((Outcome) result)));
            default ->
                throw new IllegalArgumentException("A " + command.getClass().getName() + " has no idempotency keys.");
        };
    }

    /** Returns the result of a change of a configuration, which has at most one event. */
    private static CommandResult commandResult(Outcome outcome) {
        boolean isChanged = outcome instanceof Configured configured && configured.edit() != Edit.UNCHANGED;
        return new CommandResult(outcome, isChanged ? 0 : -1);
    }

    private static List<NewIdempotencyRecord> bind(
            Instant at, List<@Nullable IdempotencyKey> keys, List<CommandResult> results) {
        var bound = new ArrayList<NewIdempotencyRecord>();
        for (int item = 0; item < keys.size(); item++) {
            var key = keys.get(item);
            var result = results.get(item);
            if (key != null && result.event() >= 0) {
                bound.add(new NewIdempotencyRecord(key, result.event(), ReplayableOutcome.write(at, result.outcome())));
            }
        }
        return bound;
    }
}
