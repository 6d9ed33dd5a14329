package dev.aicore.discovery.dialect.eureka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Runs the registrations of one instance one after the other, so that each sees what the one before has stored. Holds
 * nothing for an instance without a registration under way. Thread-safe.
 */
final class RegistrationSequencer {

    private static final CompletableFuture<Void> NONE = CompletableFuture.completedFuture(null);

    private final Map<String, CompletableFuture<Void>> lastTurns = new ConcurrentHashMap<>();

    /**
     * Returns the result of a registration, which starts when the previous one of the same key has ended. A cancelled
     * registration isn't started; one that has started runs to its end nevertheless, as its command does.
     */
    <T> Mono<T> run(String key, Mono<T> registration) {
        return Mono.defer(() -> {
            var turn = new CompletableFuture<Void>();
            var known = lastTurns.put(key, turn);
            var before = known == null ? NONE : known;
            var decided = new AtomicBoolean();
            return Mono.fromFuture(before, true)
                    .then(Mono.defer(() -> {
                        if (!decided.compareAndSet(false, true)) {
                            return Mono.<T>empty();
                        }
                        var result = registration.toFuture();
                        var _ = result.whenComplete((_, _) -> end(key, turn));
                        return Mono.fromFuture(result, true);
                    }))
                    .doOnCancel(() -> {
                        if (decided.compareAndSet(false, true)) {
                            var _ = before.whenComplete((_, _) -> end(key, turn));
                        }
                    });
        });
    }

    private void end(String key, CompletableFuture<Void> turn) {
        lastTurns.remove(key, turn);
        turn.complete(null);
    }

    /** Returns the number of instances with a registration under way. */
    int size() {
        return lastTurns.size();
    }
}
