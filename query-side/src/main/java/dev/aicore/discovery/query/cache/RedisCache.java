package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.config.redis.DocumentHead;
import dev.aicore.discovery.config.redis.Epoch;
import dev.aicore.discovery.config.redis.RedisAwayException;
import dev.aicore.discovery.config.redis.RedisKeys;
import dev.aicore.discovery.config.redis.RedisLink;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.fuse.Fuse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What Redis keeps of services. A document counts if it is of this store, and was made, or found to agree with PostgreSQL, not
 * longer ago than is allowed.
 */
final class RedisCache implements ServiceCache {

    private static final Logger LOG = LoggerFactory.getLogger(RedisCache.class);

    private final RedisLink redis;
    private final RedisKeys keys;
    private final Incarnation incarnation;
    private final Fuse fuse;
    private final Duration oldest;
    private final ReadDocuments documents;
    private final TimeSource time;

    /**
     * @param oldest the oldest that a document may get unconfirmed
     */
    RedisCache(
            RedisLink redis,
            RedisKeys keys,
            Incarnation incarnation,
            Fuse fuse,
            Duration oldest,
            ReadDocuments documents,
            TimeSource time) {
        this.redis = redis;
        this.keys = keys;
        this.incarnation = incarnation;
        this.fuse = fuse;
        this.oldest = oldest;
        this.documents = documents;
        this.time = time;
    }

    @Override
    public Mono<Confirmed> find(String service) {
        // Both keys at one moment: what the epoch says of all documents, it says of this one.
        var pair = List.of(keys.epoch(), keys.service(service));
        return incarnation
                .get()
                .flatMap(store -> fuse.guard(
                                redis.run(commands -> commands.opsForValue().multiGet(pair)), RedisAwayException::new)
                        // Documents may be large, and the connection's own thread is there for everybody.
                        .publishOn(Schedulers.parallel())
                        .mapNotNull(found -> usable(store, service, found.getFirst(), found.getLast())
                                .orElse(null)))
                .onErrorResume(failure -> {
                    LOG.debug("Redis can't be read: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Optional<Confirmed> usable(
            String store, String service, @Nullable String epochText, @Nullable String documentText) {
        var epoch = Epoch.of(epochText).filter(found -> found.store().equals(store));
        var document = documents.of(service, documentText);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        var head = document.get().head();
        if (!isOf(store, head)) {
            incarnation.forget();
            return Optional.empty();
        }
        long position = Math.max(head.position(), epoch.map(Epoch::position).orElse(0L));
        return Stream.concat(Stream.of(head.at()), epoch.stream().map(Epoch::at))
                .filter(this::isFresh)
                .max(Long::compare)
                .map(at -> new Confirmed(new Marked<>(document.get().instances(), position), since(at)));
    }

    private static boolean isOf(String store, DocumentHead head) {
        return head.store().equals(store);
    }

    /** In the future too far away is as bad as in the past: one of two clocks is wrong. */
    private boolean isFresh(long millis) {
        return Math.abs(time.now().toEpochMilli() - millis) <= oldest.toMillis();
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, time.now().toEpochMilli() - millis));
    }
}
