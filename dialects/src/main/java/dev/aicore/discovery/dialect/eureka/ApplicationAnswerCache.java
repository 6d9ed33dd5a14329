package dev.aicore.discovery.dialect.eureka;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleApplication;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Encoded answers about single applications, up to a size. An answer is found by the object of its application, which
 * is replaced at each change, and dropped with it. Thread-safe.
 */
final class ApplicationAnswerCache {

    private static final int ENTRY_BYTES = 200;

    private final Map<EurekaFormat, Cache<EurekaApplication, byte[]>> answers = new EnumMap<>(EurekaFormat.class);

    /**
     * Creates a cache.
     *
     * @param maxBytes maximum size of all answers
     */
    ApplicationAnswerCache(long maxBytes) {
        for (var format : EurekaFormat.values()) {
            answers.put(
                    format,
                    Caffeine.newBuilder()
                            .weakKeys()
                            .maximumWeight(maxBytes / EurekaFormat.values().length)
                            .<EurekaApplication, byte[]>weigher((_, body) -> body.length + ENTRY_BYTES)
                            .build());
        }
    }

    /**
     * Returns the answer about an application, which must not be modified; ready if it is cached. Otherwise encodes it
     * outside of the event loops.
     */
    Mono<byte[]> get(EurekaApplication application, EurekaFormat format) {
        var cache = Objects.requireNonNull(answers.get(format));
        var known = cache.getIfPresent(application);
        return known != null
                ? Mono.just(known)
                : Mono.fromSupplier(() -> cache.get(application, _ -> encode(application, format)))
                        .subscribeOn(Schedulers.parallel());
    }

    private static byte[] encode(EurekaApplication application, EurekaFormat format) {
        return format.write(new SingleApplication(
                application.name(),
                application.listed().stream().map(ListedInstance::of).toList()));
    }
}
