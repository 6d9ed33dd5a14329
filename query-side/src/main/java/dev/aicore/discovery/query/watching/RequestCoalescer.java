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
 * Reads that many want at the same time are done once for all of them; only so many go on at once, so that a crowd
 * of callers leaves connections for everybody else.
 *
 * @param <K> what is read: equal keys are the same read
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
     * @param read never empty
     * @param atOnce most reads under way
     * @param mostWaiting most that wait for their turn; more are refused
     * @param scheduler where reads begin and their results are handed out
     */
    public RequestCoalescer(Function<K, Mono<T>> read, int atOnce, int mostWaiting, Scheduler scheduler) {
        this.read = read;
        this.maxConcurrent = atOnce;
        this.maxWaiting = mostWaiting;
        this.scheduler = scheduler;
    }

    /** The result of a read that is waiting or under way, or of a new one. It goes on if nobody waits for it any more. */
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
        // Begun elsewhere, so that reads which fail at once don't call each other deeper and deeper.
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
