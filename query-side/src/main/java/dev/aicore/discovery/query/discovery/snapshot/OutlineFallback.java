package dev.aicore.discovery.query.discovery.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Replaces complete reads of services by outlines where a complete read is refused as too large. Thread-safe.
 *
 * <p>A complete read of such a service is tried again a minute after the last attempt, however often its outline is
 * read meanwhile: the service may have become smaller.
 */
final class OutlineFallback {

    static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private static final int MAX_SERVICES = 1_000;

    private final TimeSource time;

    /** Times of the last attempts to read large services completely, by the monotonic clock. */
    private final Cache<String, Long> attempts = Caffeine.newBuilder()
            .maximumSize(MAX_SERVICES)
            .executor(Runnable::run)
            .build();

    OutlineFallback(TimeSource time) {
        this.time = time;
    }

    /**
     * Returns the complete read, or the outline of a service that is too large.
     *
     * @param complete fails with {@code answer_too_large} if the service is too large; with {@code overloaded} if
     *     another large read is running, in which case a service known as large is not refused
     */
    <T> Mono<T> read(String service, Mono<T> complete, Mono<T> outline) {
        return Mono.defer(() -> {
            var last = attempts.getIfPresent(service);
            if (last != null && time.nanos() - last < RETRY_INTERVAL.toNanos()) {
                return outline;
            }
            return complete.doOnNext(_ -> attempts.invalidate(service))
                    .onErrorResume(failure -> isRefused(failure, last != null), _ -> {
                        attempts.put(service, time.nanos());
                        return outline;
                    });
        });
    }

    private static boolean isRefused(Throwable failure, boolean isKnownAsLarge) {
        return failure instanceof RegistryException refusal
                && (refusal.code() == ErrorCode.ANSWER_TOO_LARGE
                        || (isKnownAsLarge && refusal.code() == ErrorCode.OVERLOADED));
    }
}
