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
 * Bounds how many keys of one principal the store has to remember: a bucket of so many, which is refilled in the time that a key is kept.
 * At its first key since the start a principal has what the store doesn't have already, so no more than twice as many are ever kept.
 */
final class IdempotencyKeyQuota {

    /** Of more, those that sent a key least lately are counted by the store again. */
    private static final int MAX_PRINCIPALS = 50_000;

    private final IdempotencySettings settings;
    private final ToIntBiFunction<String, Integer> stored;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_PRINCIPALS).build();

    /** @param stored counts the keys of a principal that the store has, up to a number; may block */
    IdempotencyKeyQuota(IdempotencySettings settings, ToIntBiFunction<String, Integer> stored, TimeSource time) {
        this.settings = settings;
        this.stored = stored;
        this.meter = TokenBucket.meter(time);
    }

    /**
     * Takes a place for a new key. Blocks where the store has to count.
     *
     * @throws RegistryException {@code rate_limited} if the principal has no place left
     */
    void take(String principal) {
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
