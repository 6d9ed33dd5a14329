package dev.aicore.discovery.query.database;

import dev.aicore.discovery.api.status.ComponentStatus;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A circuit breaker in front of a store. When half of the last {@value #WINDOW} calls have failed it opens: calls then fail at
 * once, and after a second {@value #TRIALS} of them are let through to see whether the store is back.
 */
public final class StoreCircuitBreaker {

    private static final int WINDOW = 20;
    private static final int MIN_CALLS = 10;
    private static final int TRIALS = 3;
    private static final float FAILING_PERCENT = 50;
    private static final Duration OPEN = Duration.ofSeconds(1);
    /** Trials that are never answered must not keep it half open for ever. */
    private static final Duration MAX_TRIAL = Duration.ofSeconds(10);

    private final CircuitBreaker breaker;

    /**
     * A closed one.
     *
     * @param name of the store, one snake_case word
     * @param failure whether that is the store's failure; an answer that there is nothing isn't
     */
    public StoreCircuitBreaker(String name, Predicate<Throwable> failure) {
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        // Calls end on event loops, which must not wait for each other.
                        .slidingWindowSynchronizationStrategy(SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .minimumNumberOfCalls(MIN_CALLS)
                        .failureRateThreshold(FAILING_PERCENT)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .maxWaitDurationInHalfOpenState(MAX_TRIAL)
                        .recordException(failure)
                        .build());
    }

    /**
     * The same call behind the breaker.
     *
     * @param blown what it fails with, at once, while the breaker is open
     */
    public <T> Mono<T> guard(Mono<T> call, Supplier<? extends Throwable> blown) {
        return call.transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, open -> blown.get());
    }

    /** How it is now. */
    public ComponentStatus.Breaker status() {
        return new ComponentStatus.Breaker(
                breaker.getName(), breaker.getState().name().toLowerCase(Locale.ROOT));
    }
}
