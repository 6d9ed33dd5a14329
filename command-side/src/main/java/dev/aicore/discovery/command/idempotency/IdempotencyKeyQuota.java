package dev.aicore.discovery.command.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.access.TokenBucket;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.IdempotencySettings;
import dev.aicore.discovery.config.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.ToIntBiFunction;

/**
 * Limits the number of idempotency keys of each principal that the store must remember. Each principal has a token
 * bucket whose capacity is the limit and which is refilled within the retention of keys. At a principal's first key
 * since the start the bucket contains the limit minus the keys in the store, so that at most twice the limit is stored.
 */
final class IdempotencyKeyQuota {

    /** Maximum number of cached buckets. The keys of an evicted principal are counted in the store again. */
    private static final int MAX_PRINCIPALS = 50_000;

    private final IdempotencySettings settings;
    private final ToIntBiFunction<String, Integer> stored;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_PRINCIPALS).build();

    /**
     * Creates a quota.
     *
     * @param stored counts the keys of a principal in the store, up to a maximum; may block
     */
    IdempotencyKeyQuota(IdempotencySettings settings, ToIntBiFunction<String, Integer> stored, TimeSource time) {
        this.settings = settings;
        this.stored = stored;
        this.meter = TokenBucket.meter(time);
    }

    /**
     * Acquires a token for a new key. Blocks if the store has to count.
     *
     * @throws RegistryException {@code rate_limited} if the principal has no token left
     */
    void acquire(String principal) {
        var probe = buckets.get(principal, this::bucket).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RegistryException(
                    ErrorCode.RATE_LIMITED,
                    "This principal may send " + settings.idempotencyKeysPerPrincipal()
                            + " new idempotency keys in "
                            + settings.idempotencyRetention().toSeconds() + " s.",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(String principal) {
        int max = settings.idempotencyKeysPerPrincipal();
        long each = Math.max(1, settings.idempotencyRetention().toNanos() / max);
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(max)
                        .refillGreedy(1, Duration.ofNanos(each))
                        .initialTokens(max - stored.applyAsInt(principal, max))
                        .build())
                .withCustomTimePrecision(meter)
                .build();
    }
}
