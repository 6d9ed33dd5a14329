package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.ExtendLeases;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The grace that one shard is owed until it is durable there: a shard that can't record one stops the leases of no other. */
final class PendingLeaseExtension {

    private static final long AGAIN_MILLIS = 1_000;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;

    private final LeaseClock clock;
    private final Function<ExtendLeases, CompletableFuture<Void>> granter;
    private final AtomicReference<@Nullable ExtendLeases> pending = new AtomicReference<>();
    private volatile boolean granting;

    /** These two are written before {@link #granting} ends, and read after it. */
    private long backOffMillis = AGAIN_MILLIS;

    private long retryAt;

    /** @param granter asks the shard; complete when it is durable */
    PendingLeaseExtension(LeaseClock clock, Function<ExtendLeases, CompletableFuture<Void>> granter) {
        this.clock = clock;
        this.granter = granter;
    }

    void request(ExtendLeases extension) {
        pending.set(extension);
    }

    /** Whether nothing is owed; if something is, the shard is asked as soon as it is time to. */
    boolean isSettled(long now) {
        if (granting) {
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

    /** Each is a fact, and each that fails costs a load of the shard: they don't follow one another closely. */
    private void extend() {
        var extension = Objects.requireNonNull(pending.getAndSet(null));
        granting = true;
        var _ = granter.apply(extension).whenComplete((done, failure) -> {
            if (failure == null) {
                backOffMillis = AGAIN_MILLIS;
            } else {
                backOffMillis = Math.min(backOffMillis * 2, MAX_BACK_OFF_MILLIS);
                pending.compareAndSet(null, extension);
            }
            retryAt = clock.millis() + backOffMillis;
            granting = false;
        });
    }
}
