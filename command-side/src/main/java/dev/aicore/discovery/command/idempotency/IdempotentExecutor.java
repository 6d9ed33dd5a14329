package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.batching.ReplayableOutcome;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyRecord;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
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
 * Does a write once, however often it is sent under one {@code Idempotency-Key}: later ones get the first one's reply. Without a
 * key it does nothing but the write.
 *
 * <p>The store remembers a key if and only if it has the event of its write. What did nothing (a refusal, or a change that changes
 * nothing) isn't remembered: it is decided again.
 */
public final class IdempotentExecutor implements AutoCloseable {

    /** Header of an answer that was given before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int MAX_IN_FLIGHT_PER_PRINCIPAL = MAX_IN_FLIGHT / 4;
    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What is to be done, under that key or under none. Must not block. */
    @FunctionalInterface
    public interface WriteCall {
        CompletableFuture<CommandReply> under(@Nullable IdempotencyKey key);
    }

    private final Function<IdempotencyKey, Optional<IdempotencyRecord>> stored;
    private final Consumer<String> places;
    private final InFlightKeys inFlightKeys = new InFlightKeys(MAX_IN_FLIGHT, MAX_IN_FLIGHT_PER_PRINCIPAL);
    private final ExecutorService lookUps = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("key-look-up").factory());

    /**
     * Remembers nothing by itself.
     *
     * @param stored what the store knows of a key; may block, and fail with
     *     {@link StoreUnavailableException}
     * @param places takes the place of a key that the store doesn't know, for that principal; may block, and fail with whatever refuses
     *     the write
     */
    public IdempotentExecutor(Function<IdempotencyKey, Optional<IdempotencyRecord>> stored, Consumer<String> places) {
        this.stored = stored;
        this.places = places;
    }

    /**
     * The write's reply, or the one that it got before; the answer then says so. Never blocks. Giving up on waiting for it doesn't
     * undo the write.
     *
     * @param jsonBody read already, if the route reads it
     * @return fails with {@link RegistryException}: {@code idempotency_key_in_flight}, {@code idempotency_key_reused},
     *     {@code overloaded}, {@code rate_limited}, {@code store_unavailable}, or whatever the write fails with
     * @throws RegistryException {@code validation_failed} if the key isn't well-formed
     */
    public CompletableFuture<CommandReply> run(
            ServerWebExchange exchange, Caller caller, JsonBody jsonBody, WriteCall writeCall) {
        var given = jsonBody.idempotencyKey();
        if (given == null) {
            return writeCall.under(null);
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
                        found.map(known -> replay(key, known, onReplay)).orElseGet(() -> writeCall.under(key)))
                .whenComplete((commandReply, failure) -> inFlightKeys.end(key));
    }

    private CompletableFuture<Optional<IdempotencyRecord>> lookUp(IdempotencyKey key) {
        return CompletableFuture.supplyAsync(() -> known(key), lookUps)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    private Optional<IdempotencyRecord> known(IdempotencyKey key) {
        var known = stored.apply(key);
        if (known.isEmpty()) {
            places.accept(key.principal());
        }
        return known;
    }

    private static Throwable explained(Throwable failure) {
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
        lookUps.shutdownNow();
    }
}
