package dev.aicore.discovery.command.access;

import dev.aicore.discovery.access.ApiKey;
import dev.aicore.discovery.api.access.ApiKeyCommand;
import dev.aicore.discovery.api.access.ApiKeyCommand.ApiKeyOutcome;
import dev.aicore.discovery.api.access.ApiKeyCommand.EndSessions;
import dev.aicore.discovery.api.access.ApiKeyCommand.IssueKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RecordFirstUse;
import dev.aicore.discovery.api.access.ApiKeyCommand.RevokeKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RotateKey;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandErrors;
import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.batching.SerialExecutor;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;

/**
 * Executes the commands of API keys, one after another on its own thread. When a result completes, it is durable and
 * known to this node.
 */
public final class ApiKeyService implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 100;

    private final CommandBus commandBus;
    private final OwnershipGuard ownershipGuard;
    private final Runnable catchUp;
    private final Predicate<String> knownKey;
    private final SecretGenerator secretGenerator;
    private final SerialExecutor serialExecutor = new SerialExecutor("api-key-service", MAX_WAITING, "API key changes");

    /**
     * Creates a service.
     *
     * @param ownershipGuard confirms the decisions; used by this service alone
     * @param catchUp returns when this node knows all decided events
     * @param knownKey returns true if a key with an id exists
     */
    ApiKeyService(
            CommandBus bus,
            OwnershipGuard ownershipGuard,
            Runnable catchUp,
            Predicate<String> knownKey,
            SecretGenerator secretGenerator) {
        this.commandBus = bus;
        this.ownershipGuard = ownershipGuard;
        this.catchUp = catchUp;
        this.knownKey = knownKey;
        this.secretGenerator = secretGenerator;
    }

    /** Created key and the position of its event. */
    public record CreatedKey(ApiKey key, long position) {}

    /** Creates a key and executes the command that contains it. Fails like {@link #execute}. */
    public CompletableFuture<CreatedKey> create(Function<ApiKey, ApiKeyCommand> command) {
        return serialExecutor.submit(() -> {
            var key = ApiKey.generate(secretGenerator);
            return new CreatedKey(key, decide(command.apply(key)));
        });
    }

    /**
     * Executes a command about a key.
     *
     * @return position of the command's event, 0 if nothing changed; fails with {@link RegistryException}:
     *     {@code unknown_key}, {@code conflict}, {@code overloaded}, {@code standby}, {@code store_unavailable} or
     *     {@code store_full}
     */
    public CompletableFuture<Long> execute(ApiKeyCommand command) {
        return serialExecutor.submit(() -> decide(command));
    }

    private long decide(ApiKeyCommand command) {
        ownershipGuard.begin();
        requireKnown(command);
        var callback = new FutureCallback<ApiKeyCommand, Object>();
        commandBus.dispatch(new GenericCommandMessage<>(command), callback);
        var answer = callback.getResult();
        if (answer.isExceptional()) {
            throw toRegistryException(answer.exceptionResult());
        }
        var durableResult = (DurableResult<?>) answer.getPayload();
        if (durableResult.appendResult().isEmpty()) {
            ownershipGuard.confirm();
        }
        if (durableResult.result() == ApiKeyOutcome.UNKNOWN) {
            throw unknown();
        }
        if (durableResult.result() == ApiKeyOutcome.TOO_MANY) {
            throw new RegistryException(
                    ErrorCode.CONFLICT, "The maximum number of API keys is reached. Revoke unused keys.");
        }
        if (durableResult.result() == ApiKeyOutcome.ALREADY) {
            return 0;
        }
        catchUp.run();
        return durableResult.appendResult().orElseThrow().lastPosition();
    }

    /** Refuses an unknown key. The aggregate would refuse it too, but does not exist in a store without any key. */
    private void requireKnown(ApiKeyCommand command) {
        boolean isKnown = switch (command) {
            case RotateKey _, RevokeKey _, EndSessions _ -> knownKey.test(command.keyId());
            case IssueKey _, RecordFirstUse _ -> true;
        };
        if (!isKnown) {
            ownershipGuard.confirm();
            throw unknown();
        }
    }

    private static RegistryException toRegistryException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException unavailable && unavailable.outcomeUnknown()) {
                return new RegistryException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The event store did not confirm the change; whether it is stored is unknown. List the keys.",
                        RETRY_AFTER);
            }
        }
        return CommandErrors.toRegistryException(failure);
    }

    private static RegistryException unknown() {
        return new RegistryException(ErrorCode.UNKNOWN_KEY, "No API key has this id, or the key was revoked.");
    }

    @Override
    public void close() {
        serialExecutor.close();
    }
}
