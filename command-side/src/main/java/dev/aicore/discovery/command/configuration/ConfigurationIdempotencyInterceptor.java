package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.command.batching.ReplayableOutcome;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.UnitOfWorkIdempotencyKeys;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the idempotency key of a change to its unit of work, so that it becomes durable together with the change's
 * event. The aggregate does not see keys.
 */
final class ConfigurationIdempotencyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    /** Metadata entry of the idempotency key. */
    static final String KEY = "idempotency_key";

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        var result = chain.proceed();
        var command = work.getMessage();
        if (command.getPayload() instanceof ConfigurationCommand change
                && command.getMetaData().get(KEY) instanceof IdempotencyKey key
                && result instanceof Configured configured
                && configured.edit() != Edit.UNCHANGED) {
            UnitOfWorkIdempotencyKeys.attach(
                    work, List.of(new NewIdempotencyRecord(key, 0, ReplayableOutcome.write(change.at(), (Outcome)
                            configured))));
        }
        return result;
    }
}
