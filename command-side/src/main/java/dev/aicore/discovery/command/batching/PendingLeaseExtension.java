package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.lease.ExtendLeases;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lease extension of one shard until it is durable. One instance per shard: a shard that can't record its
 * extension does not suspend the expiry of others.
 */
final class PendingLeaseExtension {

    private static final long RETRY_MILLIS = 1_000;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;

    private final LeaseClock clock;
    private final Function<ExtendLeases, CompletableFuture<Void>> extender;
    private final AtomicReference<@Nullable ExtendLeases> pending = new AtomicReference<>();
    private volatile boolean extending;

    /** This field and the next are written before {@link #extending} becomes false, and read after. */
    private long backOffMillis = RETRY_MILLIS;

    private long retryAt;

    /**
     * Creates a holder without pending extension.
     *
     * @param granter sends the extension to the shard; completes when it is durable
     */
    PendingLeaseExtension(LeaseClock clock, Function<ExtendLeases, CompletableFuture<Void>> granter) {
        this.clock = clock;
        this.extender = granter;
    }

    void request(ExtendLeases extension) {
        pending.set(extension);
    }

    /**
     * Returns true if no extension is pending. Otherwise sends the pending one to the shard, if the retry time has
     * come. Synchronized, so that each extension is sent once.
     */
    synchronized boolean isSettled(long now) {
        if (extending) {
            return false;
        }
        if (pending.get() == null) {
            return true;
        }
        if (now >= retryAt) {
            extend();
        }
        return false;
    }

    /**
     * Sends the pending extension. Each extension is a fact, and each failed one costs a load of the shard, so the next
     * follows after one second at the earliest, and after up to five seconds when attempts fail.
     */
    private void extend() {
        var extension = Objects.requireNonNull(pending.getAndSet(null));
        extending = true;
        var _ = extender.apply(extension).whenComplete((done, failure) -> {
            if (failure == null) {
                backOffMillis = RETRY_MILLIS;
            } else {
                backOffMillis = Math.min(backOffMillis * 2, MAX_BACK_OFF_MILLIS);
                pending.compareAndSet(null, extension);
            }
            retryAt = clock.millis() + backOffMillis;
            extending = false;
        });
    }
}
