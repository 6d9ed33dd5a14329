package dev.aicore.discovery.command.idempotency;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.collector.StoredOutcome;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.eventstore.StoreUnavailableException;
import dev.aicore.discovery.config.eventstore.StoredKey;
import dev.aicore.discovery.config.eventstore.WriteKey;
import dev.aicore.discovery.config.web.Body;
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
public final class Once implements AutoCloseable {

    /** Header of an answer that was given before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int MOST_IN_FLIGHT_OF_PRINCIPAL = MOST_IN_FLIGHT / 4;
    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What is to be done, under that key or under none. Must not block. */
    @FunctionalInterface
    public interface Write {
        CompletableFuture<Reply> under(@Nullable WriteKey key);
    }

    private final Function<WriteKey, Optional<StoredKey>> stored;
    private final Consumer<String> places;
    private final InFlight inFlight = new InFlight(MOST_IN_FLIGHT, MOST_IN_FLIGHT_OF_PRINCIPAL);
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
    public Once(Function<WriteKey, Optional<StoredKey>> stored, Consumer<String> places) {
        this.stored = stored;
        this.places = places;
    }

    /**
     * The write's reply, or the one that it got before; the answer then says so. Never blocks. Giving up on waiting for it doesn't
     * undo the write.
     *
     * @param body read already, if the route reads it
     * @return fails with {@link RegistryException}: {@code idempotency_key_in_flight}, {@code idempotency_key_reused},
     *     {@code overloaded}, {@code rate_limited}, {@code store_unavailable}, or whatever the write fails with
     * @throws RegistryException {@code validation_failed} if the key isn't well-formed
     */
    public CompletableFuture<Reply> run(ServerWebExchange exchange, Caller caller, Body body, Write write) {
        var given = body.idempotencyKey();
        if (given == null) {
            return write.under(null);
        }
        var key = new WriteKey(caller.principal(), given.value(), given.requestHash());
        return run(key, write, () -> exchange.getResponse().getHeaders().set(REPLAYED, "true"));
    }

    CompletableFuture<Reply> run(WriteKey key, Write write, Runnable onReplay) {
        try {
            inFlight.begin(key);
        } catch (RegistryException e) {
            return CompletableFuture.failedFuture(e);
        }
        return lookUp(key)
                .thenCompose(found ->
                        found.map(known -> replay(key, known, onReplay)).orElseGet(() -> write.under(key)))
                .whenComplete((reply, failure) -> inFlight.end(key));
    }

    private CompletableFuture<Optional<StoredKey>> lookUp(WriteKey key) {
        return CompletableFuture.supplyAsync(() -> known(key), lookUps)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)));
    }

    private Optional<StoredKey> known(WriteKey key) {
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

    private static CompletableFuture<Reply> replay(WriteKey key, StoredKey known, Runnable onReplay) {
        if (!isSame(key, known)) {
            throw InFlight.reused(key);
        }
        var reply = StoredOutcome.read(known.outcome(), known.position());
        onReplay.run();
        return CompletableFuture.completedFuture(
                new Reply(reply.outcome(), reply.position(), reply.at(), known.recordedAt()));
    }

    private static boolean isSame(WriteKey key, StoredKey known) {
        return known.requestHash().equals(key.requestHash());
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
    }
}
