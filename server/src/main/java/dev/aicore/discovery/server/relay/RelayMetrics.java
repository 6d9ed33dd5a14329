package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ResponseWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Counts the writes that this node sends to the owner by their result, and measures how long they take. */
final class RelayMetrics {

    private static final String PREFIX = "service_discovery.relay.";
    private static final String ANSWERED = "answered";

    /** Result of a write whose client has disconnected, or that reached the timeout of requests. */
    private static final String CANCELLED = "cancelled";

    /** Result of a write that failed without a refusal. */
    private static final String FAILED = "failed";

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Counter held;
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();

    RelayMetrics(MeterRegistry registry, RelayBudget budget, TimeSource time) {
        this.registry = registry;
        this.time = time;
        this.held = Counter.builder(PREFIX + "held")
                .description("Writes that had to wait, because no node owned the event store or the owner failed.")
                .register(registry);
        Gauge.builder(PREFIX + "open", budget, RelayBudget::writes)
                .description("Writes under way to the owner, held ones included.")
                .register(registry);
        Gauge.builder(PREFIX + "open.size", budget, RelayBudget::bytes)
                .description("Size of the bodies of the writes under way to the owner.")
                .baseUnit("bytes")
                .register(registry);
        // Present from the start, so that an increase is seen.
        List.of(
                        ANSWERED,
                        CANCELLED,
                        ErrorCode.STANDBY.code(),
                        ErrorCode.STORE_UNAVAILABLE.code(),
                        ErrorCode.OVERLOADED.code())
                .forEach(this::duration);
    }

    /** Measures a write from its subscription to its end. */
    Mono<ResponseWriter> measured(Mono<ResponseWriter> write) {
        return Mono.defer(() -> {
            long began = time.nanos();
            return write.doOnSuccess(_ -> record(ANSWERED, began))
                    .doOnError(failure -> record(resultOf(failure), began))
                    .doOnCancel(() -> record(CANCELLED, began));
        });
    }

    /** Counts a write that waits from now on; to be called once for it. */
    void countHeld() {
        held.increment();
    }

    private static String resultOf(Throwable failure) {
        return failure instanceof RegistryException refusal ? refusal.code().code() : FAILED;
    }

    private void record(String result, long began) {
        duration(result).record(time.nanos() - began, TimeUnit.NANOSECONDS);
    }

    private Timer duration(String result) {
        return durations.computeIfAbsent(result, this::timer);
    }

    private Timer timer(String result) {
        return Timer.builder(PREFIX + "duration")
                .description("Time from a write's begin on this node to the owner's answer, or to its refusal here.")
                .tag("result", result)
                .register(registry);
    }
}
