package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.access.KeyOutcome;
import dev.aicore.discovery.api.access.RevokeKey;
import dev.aicore.discovery.api.access.RotateKey;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.collector.Failures;
import dev.aicore.discovery.command.turn.Turns;
import dev.aicore.discovery.config.access.ApiKey;
import dev.aicore.discovery.config.eventstore.Decided;
import dev.aicore.discovery.config.eventstore.StoreUnavailableException;
import dev.aicore.discovery.config.time.Secrets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;

/** Has the book decide, one thing at a time, on a thread of its own. What it answers is durable, and known to this node. */
public final class KeyDesk implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 100;

    private final CommandBus bus;
    private final Runnable catchUp;
    private final Predicate<String> known;
    private final Secrets secrets;
    private final Turns turns = new Turns("key-desk", MOST_WAITING, "changes of keys");

    /**
     * Does nothing yet.
     *
     * @param catchUp returns when this node knows of all that was decided
     * @param known whether there is a key of that id
     */
    KeyDesk(CommandBus bus, Runnable catchUp, Predicate<String> known, Secrets secrets) {
        this.bus = bus;
        this.catchUp = catchUp;
        this.known = known;
        this.secrets = secrets;
    }

    /** A key that was just made, and where its event is. */
    public record Made(ApiKey key, long position) {}

    /** Makes a key, and has the command that it goes with decided; fails as {@link #ask} does. */
    public CompletableFuture<Made> make(Function<ApiKey, Object> command) {
        return turns.take(() -> {
            var key = ApiKey.generate(secrets);
            return new Made(key, decide(command.apply(key)));
        });
    }

    /**
     * Has a command about a key decided.
     *
     * @param command one of {@code api.access}
     * @return the position of its event, 0 if there is none since it was so already; fails with {@link RegistryException}: {@code unknown_key}, {@code conflict},
     *     {@code overloaded}, {@code store_unavailable} or {@code store_full}
     */
    public CompletableFuture<Long> ask(Object command) {
        return turns.take(() -> decide(command));
    }

    private long decide(Object command) {
        requireKnown(command);
        var callback = new FutureCallback<Object, Object>();
        bus.dispatch(new GenericCommandMessage<>(command), callback);
        var answer = callback.getResult();
        if (answer.isExceptional()) {
            throw explained(answer.exceptionResult());
        }
        var decided = (Decided<?>) answer.getPayload();
        if (decided.result() == KeyOutcome.UNKNOWN) {
            throw unknown();
        }
        if (decided.result() == KeyOutcome.TOO_MANY) {
            throw new RegistryException(
                    ErrorCode.CONFLICT, "There are as many keys as there may be. Revoke some that nobody uses.");
        }
        if (decided.result() == KeyOutcome.ALREADY) {
            return 0;
        }
        catchUp.run();
        return decided.receipt().orElseThrow().lastPosition();
    }

    /** The book itself would say so, but a store without any key has no book. */
    private void requireKnown(Object command) {
        boolean isKnown = switch (command) {
            case RotateKey rotate -> known.test(rotate.keyId());
            case RevokeKey revoke -> known.test(revoke.keyId());
            default -> true;
        };
        if (!isKnown) {
            throw unknown();
        }
    }

    private static RegistryException explained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException away && away.outcomeUnknown()) {
                return new RegistryException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The event store did not confirm the change; whether it counts is not known. List the keys.",
                        RETRY_AFTER);
            }
        }
        return Failures.explain(failure);
    }

    private static RegistryException unknown() {
        return new RegistryException(ErrorCode.UNKNOWN_KEY, "No key has that id, or it was revoked.");
    }

    @Override
    public void close() {
        turns.close();
    }
}
