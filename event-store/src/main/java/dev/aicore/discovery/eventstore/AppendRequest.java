package dev.aicore.discovery.eventstore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** All events of one unit of work on their way through the lane: they become durable together, or not at all. */
final class AppendRequest {

    private final List<NewEvent> events;
    private final List<NewIdempotencyRecord> keys;
    private final long bytes;
    private final AtomicBoolean taken = new AtomicBoolean();
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

    /** Each names an event by its place in this unit. */
    List<NewIdempotencyRecord> keys() {
        return keys;
    }

    long bytes() {
        return bytes;
    }

    /** Whoever takes it decides its outcome: the lane, or the waiter that has lost patience. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    void succeed(AppendResult result) {
        outcome.complete(result);
    }

    void fail(RuntimeException cause) {
        outcome.completeExceptionally(cause);
    }

    /**
     * Waits for the outcome.
     *
     * @throws RuntimeException what it failed with
     */
    AppendResult await(Duration within) {
        try {
            return outcome.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw givenUp("no outcome within " + within.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp("interrupted while waiting", e);
        }
    }

    private StoreUnavailableException givenUp(String why, Exception cause) {
        boolean neverBegun = take();
        return new StoreUnavailableException("The append was given up: " + why + ".", !neverBegun, cause);
    }

    /** The lane's exception is shared by the units of a group: the one thrown here has the waiter's own stack. */
    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case StoreUnavailableException shared ->
                new StoreUnavailableException(String.valueOf(shared.getMessage()), shared.outcomeUnknown(), shared);
            case RuntimeException own -> own;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
