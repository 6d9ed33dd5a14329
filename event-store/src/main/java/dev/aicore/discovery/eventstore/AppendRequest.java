package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Carries the events of one unit of work to the appender. They become durable together, or none of them does. */
final class AppendRequest {

    private final List<NewEvent> events;
    private final List<NewIdempotencyRecord> keys;
    private final long bytes;
    private final @Nullable TracedSpan span = TracedSpan.current();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<AppendResult> outcome = new CompletableFuture<>();

    AppendRequest(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        this.events = List.copyOf(events);
        this.keys = List.copyOf(keys);
        this.bytes = events.stream().mapToLong(event -> event.payload().length).sum()
                + keys.stream().mapToLong(key -> key.outcome().length()).sum();
    }

    List<NewEvent> events() {
        return events;
    }

    /** Returns the idempotency keys; each refers to an event by its index in this request. */
    List<NewIdempotencyRecord> keys() {
        return keys;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the span that the events belong to; null if it isn't recorded. */
    @Nullable
    TracedSpan span() {
        return span;
    }

    /**
     * Takes the right to decide the outcome, for the appender or for a caller whose wait has timed out. Returns true
     * only for the first call.
     */
    boolean tryClaim() {
        return claimed.compareAndSet(false, true);
    }

    void complete(AppendResult result) {
        outcome.complete(result);
    }

    void fail(RuntimeException cause) {
        outcome.completeExceptionally(cause);
    }

    /**
     * Waits for the outcome.
     *
     * @throws StoreUnavailableException if there is no outcome in time, or the thread is interrupted
     * @throws RuntimeException the exception that the append failed with
     */
    AppendResult await(Duration within) {
        try {
            return outcome.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw abandoned("no outcome within " + within.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned("interrupted while waiting", e);
        }
    }

    private StoreUnavailableException abandoned(String reason, Exception cause) {
        boolean neverBegun = tryClaim();
        return new StoreUnavailableException("The append was abandoned: " + reason + ".", !neverBegun, cause);
    }

    /**
     * Returns the exception to throw. The requests of a group share the appender's exception; it is wrapped, so that
     * the exception has the stack trace of the waiting thread.
     */
    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case StoreUnavailableException shared ->
                new StoreUnavailableException(String.valueOf(shared.getMessage()), shared.outcomeUnknown(), shared);
            case RuntimeException own -> own;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
