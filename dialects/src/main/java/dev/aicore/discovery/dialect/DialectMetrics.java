package dev.aicore.discovery.dialect;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ImmediateMono;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Counts the requests of dialects. The labels are bounded, because operations are constants of the code. */
public final class DialectMetrics {

    private static final String METER = "service_discovery.dialect.requests";

    private final MeterRegistry registry;
    private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();

    private record CounterKey(String dialect, String operation, String outcome) {}

    public DialectMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts an answered request.
     *
     * @param operation name of the operation, a constant
     */
    public void answered(String dialect, String operation) {
        count(new CounterKey(dialect, operation, "answered"));
    }

    /** Counts a request that a route has refused. Requests that access control refuses are counted there. */
    public void refused(String dialect, String operation) {
        count(new CounterKey(dialect, operation, "refused"));
    }

    /** Returns the answer of a route, and counts it or its refusal. An answer that is ready stays ready. */
    public <T> Mono<T> countingReady(String dialect, String operation, Supplier<Mono<T>> answer) {
        try {
            var made = answer.get();
            if (ImmediateMono.value(made) == null) {
                return counting(dialect, operation, made);
            }
            answered(dialect, operation);
            return made;
        } catch (RegistryException refusal) {
            refused(dialect, operation);
            throw refusal;
        }
    }

    /** Returns the same answer, and counts it or its refusal. */
    public <T> Mono<T> counting(String dialect, String operation, Mono<T> answer) {
        return answer.doOnSuccess(_ -> answered(dialect, operation))
                .doOnError(RegistryException.class, _ -> refused(dialect, operation));
    }

    private void count(CounterKey key) {
        counters.computeIfAbsent(key, this::counter).increment();
    }

    private Counter counter(CounterKey key) {
        return Counter.builder(METER)
                .description("Requests of dialects by operation and outcome: answered or refused.")
                .tag("dialect", key.dialect())
                .tag("operation", key.operation())
                .tag("outcome", key.outcome())
                .register(registry);
    }
}
