package dev.aicore.discovery.command.batching;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Signs of whether the process receives the requests of its callers.
 *
 * @param refusals number of connections that were refused so far
 * @param allRead completes when everything that had arrived at the time of the call is read; never fails
 * @param bound maximum time that expiry is suspended, from the first sign that requests are not received
 */
public record InboundTraffic(LongSupplier refusals, Supplier<CompletableFuture<Void>> allRead, Duration bound) {

    private static final CompletableFuture<Void> COMPLETED = CompletableFuture.completedFuture(null);

    /** Returns signals of a registry that receives each request at once. */
    static InboundTraffic immediate() {
        return new InboundTraffic(() -> 0, () -> COMPLETED, Duration.ZERO);
    }
}
