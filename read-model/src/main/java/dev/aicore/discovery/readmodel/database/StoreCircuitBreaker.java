package dev.aicore.discovery.readmodel.database;

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
 * Circuit breaker in front of a store. It opens when half of the last {@value #WINDOW} calls have failed, and then
 * rejects calls at once. After 1 s it lets {@value #TRIALS} calls through to test whether the store is available again.
 */
public final class StoreCircuitBreaker {

    private static final int WINDOW = 20;
    private static final int MIN_CALLS = 10;
    private static final int TRIALS = 3;
    private static final float FAILING_PERCENT = 50;
    private static final Duration OPEN = Duration.ofSeconds(1);
    /** Bounds the half-open state, in case trial calls are never answered. */
    private static final Duration MAX_TRIAL = Duration.ofSeconds(10);

    private final CircuitBreaker breaker;

    /**
     * Creates a closed circuit breaker.
     *
     * @param name of the store, one snake_case word
     * @param failure selects the errors that count as the store's failure; an empty answer is none
     */
    public StoreCircuitBreaker(String name, Predicate<Throwable> failure) {
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        // Calls end on event loops, which must not block each other.
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
     * Guards a call by the circuit breaker.
     *
     * @param whenOpen supplies the error with which calls fail at once while the circuit breaker is open
     */
    public <T> Mono<T> protect(Mono<T> call, Supplier<? extends Throwable> whenOpen) {
        return call.transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, open -> whenOpen.get());
    }

    /** Returns the current state. */
    public ComponentStatus.Breaker status() {
        return new ComponentStatus.Breaker(
                breaker.getName(), breaker.getState().name().toLowerCase(Locale.ROOT));
    }
}
