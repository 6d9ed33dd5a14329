package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import dev.aicore.discovery.readmodel.cache.SharedRedisConnection;
import dev.aicore.discovery.readmodel.cache.SharedRedisConnection.RedisUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.SynchronousSink;

/**
 * Reads and writes the documents in Redis. All methods block up to the timeout of a Redis command, and fail after it.
 */
final class RedisDocumentStore {

    /** Lifetime of tombstones: longer than a writer can lag behind what it has read. */
    static final Duration TOMBSTONE = Duration.ofMinutes(10);

    private static final int WRITE_BATCH = 16;
    private static final int DELETE_BATCH = 500;
    private static final String PAGE = "500";
    private static final String FIRST_PAGE = "0";
    private static final String STORE = "store";
    private static final DocumentHeader UNREADABLE = new DocumentHeader("", "", 0, 0);

    private final SharedRedisConnection redis;
    private final RedisKeys keys;

    RedisDocumentStore(SharedRedisConnection redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Returns true if Redis holds the epoch of this store. */
    boolean isClaimed(String store) throws IOException, InterruptedException {
        return await(redis.run(commands -> commands.opsForHash()
                .get(keys.epoch(), STORE)
                .map(store::equals)
                .defaultIfEmpty(false)));
    }

    /** Returns the epoch of this store; stores {@code otherwise} if there is none. */
    CacheEpoch claim(CacheEpoch otherwise) throws IOException, InterruptedException {
        var fields = await(run(RedisScripts.CLAIM, List.of(keys.epoch()), otherwise.fields()));
        return CacheEpoch.of(fields).orElseThrow(() -> new IOException("The epoch in Redis is unreadable: " + fields));
    }

    /** Records that all documents reflect a position. Returns false if Redis was flushed meanwhile. */
    boolean confirm(CacheEpoch cacheEpoch, long position, long at) throws IOException, InterruptedException {
        var confirmed = new CacheEpoch(cacheEpoch.store(), cacheEpoch.mark(), position, at);
        return await(run(RedisScripts.CONFIRM, List.of(keys.epoch()), confirmed.fields())) == 1;
    }

    /**
     * Writes and announces the documents that aren't older than the stored ones. Returns false if there is no epoch of
     * their store.
     */
    boolean write(Collection<DocumentWrite> documents) throws IOException, InterruptedException {
        // If Redis doesn't answer, several writes fail at once. Failures after the first would be dropped errors,
        // unless they are signals.
        return await(Flux.fromIterable(documents)
                .flatMap(documentWrite -> write(documentWrite).materialize(), WRITE_BATCH)
                .takeUntil(Signal::isOnError)
                .handle(RedisDocumentStore::emit)
                .all(answer -> answer >= 0));
    }

    private static void emit(Signal<Long> answer, SynchronousSink<Long> on) {
        var failure = answer.getThrowable();
        if (failure != null) {
            on.error(failure);
        } else {
            on.next(Objects.requireNonNull(answer.get()));
        }
    }

    private Mono<Long> write(DocumentWrite documentWrite) {
        var header = documentWrite.head();
        var arguments = new ArrayList<>(header.fields());
        arguments.add(Objects.requireNonNullElse(documentWrite.instances(), ""));
        arguments.add(Long.toString(header.isTombstone() ? TOMBSTONE.toMillis() : 0));
        arguments.add(keys.changes());
        arguments.add(documentWrite.announcement());
        return run(RedisScripts.WRITE, List.of(keys.service(documentWrite.service()), keys.epoch()), arguments);
    }

    /** Returns the headers of all documents, by service. An unreadable document gets the header of no store. */
    Map<String, DocumentHeader> heads() throws IOException, InterruptedException {
        var heads = new HashMap<String, DocumentHeader>();
        String place = FIRST_PAGE;
        do {
            var page = await(run(RedisScripts.PAGE, List.of(), List.of(place, keys.services(), PAGE)));
            for (int i = 1; i < page.size(); i += RedisScripts.VALUES_OF_DOCUMENT) {
                var values = page.subList(i, i + RedisScripts.VALUES_OF_DOCUMENT);
                heads.put(
                        keys.serviceOf(values.getFirst()),
                        DocumentHeader.of(values.subList(1, values.size())).orElse(UNREADABLE));
            }
            place = page.getFirst();
        } while (!place.equals(FIRST_PAGE));
        return heads;
    }

    /** Deletes the epoch, without which no document is written, and then these documents. */
    void clear(Collection<String> services) throws IOException, InterruptedException {
        await(redis.run(commands -> commands.delete(keys.epoch())));
        var documents = services.stream().map(keys::service).toList();
        for (int from = 0; from < documents.size(); from += DELETE_BATCH) {
            var some = documents
                    .subList(from, Math.min(from + DELETE_BATCH, documents.size()))
                    .toArray(String[]::new);
            await(redis.run(commands -> commands.delete(some)));
        }
    }

    /** Returns true if the failure is a missing connection, which the connection itself has logged already. */
    static boolean isNotConnected(Exception failure) {
        return failure.getCause() instanceof RedisUnavailableException;
    }

    private <T> Mono<T> run(RedisScript<T> script, List<String> keysOfIt, List<String> arguments) {
        return redis.run(
                commands -> commands.execute(script, keysOfIt, arguments).next());
    }

    private static <T> T await(Mono<T> work) throws IOException, InterruptedException {
        try {
            return Objects.requireNonNull(work.toFuture().get());
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(Objects.requireNonNullElseGet(cause.getMessage(), cause::toString), cause);
        }
    }
}
