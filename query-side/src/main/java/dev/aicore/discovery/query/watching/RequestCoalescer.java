package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Runs equal concurrent reads once for all callers. Limits the number of reads in progress, so that many callers leave
 * connections for other requests.
 *
 * @param <K> key of a read: equal keys are the same read
 */
public final class RequestCoalescer<K, T> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Function<K, Mono<T>> read;
    private final int maxConcurrent;
    private final int maxWaiting;
    private final Scheduler scheduler;
    private final Map<K, Sinks.One<T>> wanted = new HashMap<>();
    private final Queue<K> waiting = new ArrayDeque<>();
    private int flying;

    /**
     * Creates a coalescer.
     *
     * @param read must not be empty
     * @param atOnce maximum number of reads in progress
     * @param mostWaiting maximum number of queued reads; further ones are refused with {@code overloaded}
     * @param scheduler starts the reads and delivers their results
     */
    public RequestCoalescer(Function<K, Mono<T>> read, int atOnce, int mostWaiting, Scheduler scheduler) {
        this.read = read;
        this.maxConcurrent = atOnce;
        this.maxWaiting = mostWaiting;
        this.scheduler = scheduler;
    }

    /**
     * Returns the result of a queued or running read with an equal key, or of a new one. A read continues even if no
     * caller waits for it any more.
     */
    public Mono<T> get(K key) {
        return Mono.defer(() -> {
            var result = join(key);
            depart();
            return result;
        });
    }

    private synchronized Mono<T> join(K key) {
        var flight = wanted.get(key);
        if (flight == null) {
            if (waiting.size() >= maxWaiting) {
                return Mono.error(new RegistryException(
                        ErrorCode.OVERLOADED, "Too many callers want to read at the same time.", RETRY_AFTER));
            }
            flight = Sinks.one();
            wanted.put(key, flight);
            waiting.add(key);
        }
        return flight.asMono();
    }

    private void depart() {
        for (var key = next(); key != null; key = next()) {
            depart(key);
        }
    }

    private synchronized @Nullable K next() {
        if (flying >= maxConcurrent || waiting.isEmpty()) {
            return null;
        }
        flying++;
        return waiting.remove();
    }

    private void depart(K key) {
        // Started on the scheduler, so that reads which fail at once don't recurse.
        var _ = read.apply(key)
                .single()
                .subscribeOn(scheduler)
                .publishOn(scheduler)
                .subscribe(
                        result -> land(key, flight -> flight.tryEmitValue(result)),
                        failure -> land(key, flight -> flight.tryEmitError(failure)));
    }

    private void land(K key, Consumer<Sinks.One<T>> outcome) {
        Sinks.One<T> flight;
        synchronized (this) {
            flight = wanted.remove(key);
            flying--;
        }
        depart();
        if (flight != null) {
            outcome.accept(flight);
        }
    }
}
