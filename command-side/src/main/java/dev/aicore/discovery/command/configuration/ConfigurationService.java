package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.configuration.ConfigurationCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandErrors;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.batching.IdempotencyInterceptor;
import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.batching.SerialExecutor;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * Executes the commands of one aggregate, one after another on its own thread. When a result completes, it is durable.
 */
final class ConfigurationService implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 200;

    private final CommandBus commandBus;
    private final OwnershipGuard ownershipGuard;
    private final LongSupplier head;
    private final SerialExecutor serialExecutor;

    /**
     * Creates a service for the commands of configurations.
     *
     * @param ownershipGuard confirms the decisions; used by this service alone
     * @param head returns the store's last position; may block
     */
    ConfigurationService(CommandBus bus, OwnershipGuard ownershipGuard, LongSupplier head) {
        this(
                bus,
                ownershipGuard,
                head,
                new SerialExecutor("configuration-service", MAX_WAITING, "changes of configurations"));
    }

    /**
     * Creates a service.
     *
     * @param ownershipGuard confirms the decisions; used by this service alone
     * @param head returns the store's last position; may block
     * @param serialExecutor executes the commands; closed with the service
     */
    ConfigurationService(
            CommandBus bus, OwnershipGuard ownershipGuard, LongSupplier head, SerialExecutor serialExecutor) {
        this.commandBus = bus;
        this.ownershipGuard = ownershipGuard;
        this.head = head;
        this.serialExecutor = serialExecutor;
    }

    /** Executes a change as {@link #execute(Object, Instant, IdempotencyKey)} does. */
    CompletableFuture<CommandReply> execute(ConfigurationCommand command, @Nullable IdempotencyKey key) {
        return execute(command, command.at(), key);
    }

    /**
     * Executes a change. Never blocks.
     *
     * @param at time of the request
     * @param key idempotency key, which may have been used already; null without key
     * @return fails with {@link RegistryException}: {@code overloaded}, {@code standby},
     *     {@code store_unavailable} or {@code idempotency_key_in_flight}
     */
    CompletableFuture<CommandReply> execute(Object command, Instant at, @Nullable IdempotencyKey key) {
        return serialExecutor.submit(() -> decide(command, at, key));
    }

    private CommandReply decide(Object command, Instant at, @Nullable IdempotencyKey key) {
        ownershipGuard.begin();
        var metaData = IdempotencyInterceptor.metaData(key == null ? List.of() : List.of(key));
        var callback = new FutureCallback<Object, Object>();
        commandBus.dispatch(new GenericCommandMessage<>(command, metaData), callback);
        var answer = callback.getResult();
        if (answer.isExceptional()) {
            throw toRegistryException(answer.exceptionResult());
        }
        var durableResult = (DurableResult<?>) answer.getPayload();
        if (durableResult.appendResult().isEmpty()) {
            ownershipGuard.confirm();
        }
        var outcome = (Outcome) durableResult.result();
        long position = durableResult
                .appendResult()
                .map(result -> result.lastPosition())
                .orElseGet(() -> outcome instanceof Outcome.Refused ? 0L : readHead());
        return new CommandReply(
                outcome,
                position,
                at,
                durableResult
                        .appendResult()
                        .map(receipt -> receipt.recordedAt())
                        .orElse(null));
    }

    /** Returns the store's last position for a reply without an event, which then reflects all events so far. */
    private long readHead() {
        try {
            return head.getAsLong();
        } catch (RuntimeException e) {
            throw CommandErrors.toRegistryException(e);
        }
    }

    private static RegistryException toRegistryException(Throwable failure) {
        return CommandErrors.isDuplicateKey(failure)
                ? new RegistryException(
                        ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                        "An earlier request with this idempotency key has just become durable. Repeat the request.",
                        RETRY_AFTER)
                : CommandErrors.toRegistryException(failure);
    }

    @Override
    public void close() {
        serialExecutor.close();
    }
}
