package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.redis.DocumentHead;
import dev.aicore.discovery.config.redis.Epoch;
import dev.aicore.discovery.config.redis.RedisAwayException;
import dev.aicore.discovery.config.redis.RedisKeys;
import dev.aicore.discovery.config.redis.RedisLink;
import java.io.IOException;
import java.time.Duration;
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

/** The documents in Redis. Everything here blocks for as long as Redis may take for a command, and fails if it takes longer. */
final class RedisDocuments {

    /** Longer than any writer can be late with what it has read. */
    static final Duration TOMBSTONE = Duration.ofMinutes(10);

    private static final int WRITTEN_AT_ONCE = 16;
    private static final String PAGE = "500";
    private static final String FIRST_PAGE = "0";

    private final RedisLink redis;
    private final RedisKeys keys;

    RedisDocuments(RedisLink redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Whether Redis holds the epoch of this store. */
    boolean isClaimed(String store) throws IOException, InterruptedException {
        return done(redis.run(commands ->
                        commands.opsForValue().get(keys.epoch()).map(List::of).defaultIfEmpty(List.of())))
                .stream()
                .flatMap(json -> Epoch.of(json).stream())
                .anyMatch(epoch -> epoch.store().equals(store));
    }

    /** The epoch of this store; this one if there is none. */
    Epoch claim(Epoch otherwise) throws IOException, InterruptedException {
        String json = done(run(Scripts.claim(), List.of(keys.epoch()), List.of(otherwise.store(), otherwise.json())));
        return Epoch.of(json).orElseThrow(() -> new IOException("The epoch in Redis can't be read: " + json));
    }

    /** Says that every document reflects that position now. False if Redis was flushed meanwhile. */
    boolean confirm(Epoch epoch, long position, long at) throws IOException, InterruptedException {
        var confirmed = new Epoch(epoch.store(), epoch.mark(), position, at);
        return done(run(
                        Scripts.confirm(),
                        List.of(keys.epoch()),
                        List.of(epoch.store(), epoch.mark(), Long.toString(position), confirmed.json())))
                == 1;
    }

    /** Writes and announces those that aren't older than what is there. False if there is no epoch of their store. */
    boolean write(Collection<Document> documents) throws IOException, InterruptedException {
        // Several fail at once where Redis doesn't answer: only as signals isn't one behind the first a dropped error.
        return done(Flux.fromIterable(documents)
                .flatMap(document -> write(document).materialize(), WRITTEN_AT_ONCE)
                .takeUntil(Signal::isOnError)
                .handle(RedisDocuments::pass)
                .all(answer -> answer >= 0));
    }

    private static void pass(Signal<Long> answer, SynchronousSink<Long> on) {
        var failure = answer.getThrowable();
        if (failure != null) {
            on.error(failure);
        } else {
            on.next(Objects.requireNonNull(answer.get()));
        }
    }

    private Mono<Long> write(Document document) {
        var head = document.head();
        long expiry = head.isTombstone() ? TOMBSTONE.toMillis() : 0;
        return run(
                Scripts.write(),
                List.of(keys.service(document.service()), keys.epoch()),
                List.of(
                        head.store(),
                        Long.toString(head.position()),
                        document.json(),
                        Long.toString(expiry),
                        keys.changes(),
                        document.announcement()));
    }

    /** The heads of all documents, by service; of those that can't be read as well, as if they were of no store. */
    Map<String, DocumentHead> heads() throws IOException, InterruptedException {
        var heads = new HashMap<String, DocumentHead>();
        String place = FIRST_PAGE;
        do {
            var lines = Scripts.lines(done(run(Scripts.page(), List.of(), List.of(place, keys.services(), PAGE))));
            for (int i = 1; i + 1 < lines.size(); i += 2) {
                heads.put(
                        keys.serviceOf(lines.get(i)),
                        DocumentHead.of(lines.get(i + 1)).orElse(new DocumentHead("", 0, 0, "")));
            }
            place = lines.getFirst();
        } while (!place.equals(FIRST_PAGE));
        return heads;
    }

    /** Whether it failed for want of a connection: whoever makes that has said so already. */
    static boolean isNotConnected(Exception failure) {
        return failure.getCause() instanceof RedisAwayException;
    }

    private <T> Mono<T> run(RedisScript<T> script, List<String> keysOfIt, List<String> arguments) {
        return redis.run(
                commands -> commands.execute(script, keysOfIt, arguments).next());
    }

    private static <T> T done(Mono<T> work) throws IOException, InterruptedException {
        try {
            return Objects.requireNonNull(work.toFuture().get());
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(Objects.requireNonNullElseGet(cause.getMessage(), cause::toString), cause);
        }
    }
}
