package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.cache.SharedServiceCache.TimestampedRead;
import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import dev.aicore.discovery.readmodel.cache.SharedRedisConnection;
import dev.aicore.discovery.readmodel.cache.SharedRedisConnection.RedisUnavailableException;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.StoreCircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads services from the documents in Redis. A document is usable if it belongs to this store, as this process found
 * the store, and if it was written, or confirmed to agree with PostgreSQL, within the maximum age.
 */
final class RedisServiceCache implements SharedServiceCache {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServiceCache.class);

    private final SharedRedisConnection redis;
    private final RedisKeys keys;
    private final StoreStateCache storeStateCache;
    private final StoreCircuitBreaker storeCircuitBreaker;
    private final Duration oldest;
    private final DocumentCache documents;
    private final TimeSource time;

    /**
     * Creates a cache that reads over a shared connection.
     *
     * @param oldest maximum age of a document since it was written or last confirmed
     */
    RedisServiceCache(
            SharedRedisConnection redis,
            RedisKeys keys,
            StoreStateCache storeStateCache,
            StoreCircuitBreaker storeCircuitBreaker,
            Duration oldest,
            DocumentCache documents,
            TimeSource time) {
        this.redis = redis;
        this.keys = keys;
        this.storeStateCache = storeStateCache;
        this.storeCircuitBreaker = storeCircuitBreaker;
        this.oldest = oldest;
        this.documents = documents;
        this.time = time;
    }

    @Override
    public Mono<TimestampedRead> find(String service) {
        var pair = List.of(keys.epoch(), keys.service(service));
        return storeStateCache
                .get()
                .flatMap(store -> storeCircuitBreaker
                        .protect(
                                TracedSpan.record(
                                        () -> "read document",
                                        "redis",
                                        redis.run(commands -> commands.execute(CacheEntry.READ, pair)
                                                .next())),
                                RedisUnavailableException::new)
                        // Documents may be large, and the connection's thread is shared by all callers.
                        .publishOn(Schedulers.parallel())
                        .mapNotNull(found ->
                                usable(store, service, CacheEntry.of(found)).orElse(null)))
                .onErrorResume(failure -> {
                    LOG.debug("Failed to read from Redis: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Optional<TimestampedRead> usable(StoreState store, String service, CacheEntry entry) {
        return entry.header().flatMap(header -> {
            if (!isOf(store, header)) {
                storeStateCache.invalidate();
                return Optional.empty();
            }
            if (!isIncluded(store, header)) {
                return Optional.empty();
            }
            var epoch = entry.epoch()
                    .filter(found -> found.store().equals(store.id()) && store.includes(found.position(), found.at()));
            var instances = documents.of(service, entry.instances());
            return instances.isEmpty() ? Optional.empty() : confirmed(header, epoch, instances);
        });
    }

    private Optional<TimestampedRead> confirmed(
            DocumentHeader header, Optional<CacheEpoch> epoch, List<InstanceView> instances) {
        long position =
                Math.max(header.position(), epoch.map(CacheEpoch::position).orElse(0L));
        return Stream.concat(Stream.of(header.at()), epoch.stream().map(CacheEpoch::at))
                .filter(this::isFresh)
                .max(Long::compare)
                .map(at -> new TimestampedRead(new PositionedResult<>(instances, position), since(at)));
    }

    private static boolean isOf(StoreState store, DocumentHeader header) {
        return header.store().equals(store.id());
    }

    /** Returns false for a document of events that the store lost by a restore. */
    private static boolean isIncluded(StoreState store, DocumentHeader header) {
        return store.includes(header.position(), header.at());
    }

    /**
     * Returns true if a time is recent enough. A time too far in the future is rejected as well: one of the two clocks
     * is wrong.
     */
    private boolean isFresh(long millis) {
        return Math.abs(time.now().toEpochMilli() - millis) <= oldest.toMillis();
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, time.now().toEpochMilli() - millis));
    }
}
