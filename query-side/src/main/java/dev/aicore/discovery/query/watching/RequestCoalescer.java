package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.TracedSpan;
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
    private final Map<K, Sinks.One<T>> inFlight = new HashMap<>();
    private final Queue<PendingRead<K>> waiting = new ArrayDeque<>();
    private int running;

    /** Read that has not started, with the span of the caller that caused it; null if that isn't recorded. */
    private record PendingRead<K>(K key, @Nullable TracedSpan span) {}

    /**
     * Creates a coalescer.
     *
     * @param read must not be empty
     * @param atOnce maximum number of reads in progress
     * @param maxWaiting maximum number of queued reads; further ones are refused with {@code overloaded}
     * @param scheduler starts the reads and delivers their results
     */
    public RequestCoalescer(Function<K, Mono<T>> read, int atOnce, int maxWaiting, Scheduler scheduler) {
        this.read = read;
        this.maxConcurrent = atOnce;
        this.maxWaiting = maxWaiting;
        this.scheduler = scheduler;
    }

    /**
     * Returns the result of a queued or running read with an equal key, or of a new one. A read continues even if no
     * caller waits for it any more.
     */
    public Mono<T> get(K key) {
        return Mono.deferContextual(context -> {
            var result = request(key, TracedSpan.of(context));
            start();
            return result;
        });
    }

    private synchronized Mono<T> request(K key, @Nullable TracedSpan span) {
        var sink = inFlight.get(key);
        if (sink == null) {
            if (waiting.size() >= maxWaiting) {
                return Mono.error(new RegistryException(
                        ErrorCode.OVERLOADED, "Too many concurrent reads are waiting.", RETRY_AFTER));
            }
            sink = Sinks.one();
            inFlight.put(key, sink);
            waiting.add(new PendingRead<>(key, span));
        }
        return sink.asMono();
    }

    private void start() {
        for (var read = next(); read != null; read = next()) {
            start(read);
        }
    }

    private synchronized @Nullable PendingRead<K> next() {
        if (running >= maxConcurrent || waiting.isEmpty()) {
            return null;
        }
        running++;
        return waiting.remove();
    }

    private void start(PendingRead<K> pending) {
        var key = pending.key();
        var span = pending.span();
        var result = read.apply(key).single();
        // Started on the scheduler, so that reads which fail at once don't recurse.
        var _ = (span == null ? result : result.contextWrite(span::addTo))
                .subscribeOn(scheduler)
                .publishOn(scheduler)
                .subscribe(
                        value -> complete(key, sink -> sink.tryEmitValue(value)),
                        failure -> complete(key, flight -> flight.tryEmitError(failure)));
    }

    private void complete(K key, Consumer<Sinks.One<T>> outcome) {
        Sinks.One<T> sink;
        synchronized (this) {
            sink = inFlight.remove(key);
            running--;
        }
        start();
        if (sink != null) {
            outcome.accept(sink);
        }
    }
}
