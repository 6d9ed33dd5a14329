package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.batching.ReplayableOutcome;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyRecord;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonBody;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Executes a write at most once per {@code Idempotency-Key}: a repetition gets the reply of the first execution.
 * Without a key it only executes the write.
 *
 * <p>The store has a key if and only if it has the event of its write. The key of a write without an event (a refusal,
 * or a change that changes nothing) is not stored; a repetition is decided again.
 */
public final class IdempotentExecutor implements AutoCloseable {

    /** Header of a response that repeats a stored reply. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int MAX_IN_FLIGHT_PER_PRINCIPAL = MAX_IN_FLIGHT / 4;
    private static final int CONNECTIONS = 2;
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Write to execute, with or without a key. Must not block. */
    @FunctionalInterface
    public interface WriteCall {
        CompletableFuture<CommandReply> execute(@Nullable IdempotencyKey key);
    }

    private final Function<IdempotencyKey, Optional<IdempotencyRecord>> stored;
    private final Consumer<String> keyQuota;
    private final InFlightKeys inFlightKeys = new InFlightKeys(MAX_IN_FLIGHT, MAX_IN_FLIGHT_PER_PRINCIPAL);
    private final ExecutorService lookupExecutor = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("idempotency-lookup").factory());

    /**
     * Creates an executor.
     *
     * @param stored returns the record of a key in the store; may block, and fail with
     *     {@link StoreUnavailableException}
     * @param keyQuota acquires the place of a new key for a principal; may block, and throws to refuse the write
     */
    public IdempotentExecutor(Function<IdempotencyKey, Optional<IdempotencyRecord>> stored, Consumer<String> keyQuota) {
        this.stored = stored;
        this.keyQuota = keyQuota;
    }

    /**
     * Returns the reply of the write, or the stored reply of an earlier execution; then sets the header
     * {@link #REPLAYED}. Never blocks. Cancelling the result does not cancel the write.
     *
     * @param jsonBody must have been read already, if the route reads it
     * @return fails with {@link RegistryException}: {@code idempotency_key_in_flight}, {@code idempotency_key_reused},
     *     {@code overloaded}, {@code rate_limited}, {@code store_unavailable}, or an error of the write
     * @throws RegistryException {@code validation_failed} if the key is malformed
     */
    public CompletableFuture<CommandReply> run(
            ServerWebExchange exchange, Caller caller, JsonBody jsonBody, WriteCall writeCall) {
        return run(exchange, caller, jsonBody.idempotencyKey(), writeCall);
    }

    /**
     * Returns the reply of the write, or the stored reply of an earlier execution, as
     * {@link #run(ServerWebExchange, Caller, JsonBody, WriteCall)} does.
     *
     * @param given key of the request; null if it has none
     */
    public CompletableFuture<CommandReply> run(
            ServerWebExchange exchange, Caller caller, @Nullable IdempotencyKeyHeader given, WriteCall writeCall) {
        if (given == null) {
            return writeCall.execute(null);
        }
        var key = new IdempotencyKey(caller.principal(), given.value(), given.requestHash());
        return run(key, writeCall, () -> exchange.getResponse().getHeaders().set(REPLAYED, "true"));
    }

    CompletableFuture<CommandReply> run(IdempotencyKey key, WriteCall writeCall, Runnable onReplay) {
        try {
            inFlightKeys.begin(key);
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
        return lookUp(key)
                .thenCompose(found ->
                        found.map(known -> replay(key, known, onReplay)).orElseGet(() -> writeCall.execute(key)))
                .whenComplete((commandReply, failure) -> inFlightKeys.end(key));
    }

    private CompletableFuture<Optional<IdempotencyRecord>> lookUp(IdempotencyKey key) {
        return CompletableFuture.supplyAsync(() -> findRecord(key), lookupExecutor)
                .orTimeout(LOOKUP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translate(failure)));
    }

    private Optional<IdempotencyRecord> findRecord(IdempotencyKey key) {
        var known = stored.apply(key);
        if (known.isEmpty()) {
            keyQuota.accept(key.principal());
        }
        return known;
    }

    private static Throwable translate(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof StoreUnavailableException || cause instanceof TimeoutException
                ? new RegistryException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The idempotency key can't be looked up now, so nothing was done. Send the request again.",
                        RETRY_AFTER)
                : failure;
    }

    private static CompletableFuture<CommandReply> replay(
            IdempotencyKey key, IdempotencyRecord known, Runnable onReplay) {
        if (!isSame(key, known)) {
            throw InFlightKeys.reused(key);
        }
        var commandReply = ReplayableOutcome.read(known.outcome(), known.position());
        onReplay.run();
        return CompletableFuture.completedFuture(new CommandReply(
                commandReply.outcome(), commandReply.position(), commandReply.at(), known.recordedAt()));
    }

    private static boolean isSame(IdempotencyKey key, IdempotencyRecord known) {
        return known.requestHash().equals(key.requestHash());
    }

    @Override
    public void close() {
        lookupExecutor.shutdownNow();
    }
}
