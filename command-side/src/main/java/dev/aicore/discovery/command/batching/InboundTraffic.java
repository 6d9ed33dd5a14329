package dev.aicore.discovery.command.batching;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells whether callers are heard.
 *
 * @param refusals how many connections were refused so far
 * @param allRead completes when everything has been read that had arrived by the time of the call; never fails
 * @param bound for so long from the first sign that callers aren't heard the leases are kept
 */
public record InboundTraffic(LongSupplier refusals, Supplier<CompletableFuture<Void>> allRead, Duration bound) {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** Returns that of a registry which hears everybody at once. */
    static InboundTraffic perfect() {
        return new InboundTraffic(() -> 0, () -> DONE, Duration.ZERO);
    }
}
