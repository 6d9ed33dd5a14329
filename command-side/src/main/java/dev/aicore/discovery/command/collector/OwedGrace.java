package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.GrantGrace;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The grace that one shard is owed until it is durable there: a shard that can't record one stops the leases of no other. */
final class OwedGrace {

    private static final long AGAIN_MILLIS = 1_000;
    private static final long LONGEST_BACK_OFF_MILLIS = 5_000;

    private final LeaseClock clock;
    private final Function<GrantGrace, CompletableFuture<Void>> granter;
    private final AtomicReference<@Nullable GrantGrace> owed = new AtomicReference<>();
    private volatile boolean granting;

    /** These two are written before {@link #granting} ends, and read after it. */
    private long backOffMillis = AGAIN_MILLIS;

    private long grantAgainAt;

    /** @param granter asks the shard; complete when it is durable */
    OwedGrace(LeaseClock clock, Function<GrantGrace, CompletableFuture<Void>> granter) {
        this.clock = clock;
        this.granter = granter;
    }

    void owe(GrantGrace grace) {
        owed.set(grace);
    }

    /** Whether nothing is owed; if something is, the shard is asked as soon as it is time to. */
    boolean isSettled(long now) {
        if (granting) {
            return false;
        }
        if (owed.get() == null) {
            return true;
        }
        if (now >= grantAgainAt) {
            grant();
        }
        return false;
    }

    /** Each is a fact, and each that fails costs a load of the shard: they don't follow one another closely. */
    private void grant() {
        var grace = Objects.requireNonNull(owed.getAndSet(null));
        granting = true;
        var _ = granter.apply(grace).whenComplete((done, failure) -> {
            if (failure == null) {
                backOffMillis = AGAIN_MILLIS;
            } else {
                backOffMillis = Math.min(backOffMillis * 2, LONGEST_BACK_OFF_MILLIS);
                owed.compareAndSet(null, grace);
            }
            grantAgainAt = clock.millis() + backOffMillis;
            granting = false;
        });
    }
}
