package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationChange;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.collector.Failures;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.turn.Turns;
import dev.aicore.discovery.config.eventstore.Decided;
import dev.aicore.discovery.config.eventstore.WriteKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** Has the book decide, one change at a time, on a thread of its own. What it answers is durable. */
final class ConfigurationDesk implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 200;

    private final CommandBus bus;
    private final LongSupplier head;

    private final Turns turns = new Turns("configuration-desk", MOST_WAITING, "changes of configurations");

    /** @param head the store's last position; may block */
    ConfigurationDesk(CommandBus bus, LongSupplier head) {
        this.bus = bus;
        this.head = head;
    }

    /**
     * Has a change decided. Never blocks.
     *
     * @param key if it is to be done once under a key; not known to be unused
     * @return fails with {@link RegistryException}: {@code overloaded}, {@code store_unavailable} or
     *     {@code idempotency_key_in_flight}
     */
    CompletableFuture<Reply> ask(ConfigurationChange change, @Nullable WriteKey key) {
        return turns.take(() -> decide(change, key));
    }

    private Reply decide(ConfigurationChange change, @Nullable WriteKey key) {
        var beside = key == null ? MetaData.emptyInstance() : MetaData.with(WriteKeyInterceptor.KEY, key);
        var callback = new FutureCallback<ConfigurationChange, Object>();
        bus.dispatch(new GenericCommandMessage<>(change, beside), callback);
        var answer = callback.getResult();
        if (answer.isExceptional()) {
            throw explained(answer.exceptionResult());
        }
        var decided = (Decided<?>) answer.getPayload();
        var outcome = (Outcome) decided.result();
        long position = decided.receipt()
                .map(receipt -> receipt.lastPosition())
                .orElseGet(() -> outcome instanceof Outcome.Refused ? 0L : headOrNothing());
        return new Reply(
                outcome,
                position,
                change.at(),
                decided.receipt().map(receipt -> receipt.recordedAt()).orElse(null));
    }

    /** Where nothing happened, the answer reflects all that there was. */
    private long headOrNothing() {
        try {
            return head.getAsLong();
        } catch (RuntimeException e) {
            throw Failures.explain(e);
        }
    }

    private static RegistryException explained(Throwable failure) {
        return Failures.isTakenKey(failure)
                ? new RegistryException(
                        ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                        "An earlier request with this idempotency key has just become durable. Send it again.",
                        RETRY_AFTER)
                : Failures.explain(failure);
    }

    @Override
    public void close() {
        turns.close();
    }
}
