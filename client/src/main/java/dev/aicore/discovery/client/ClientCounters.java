package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientCounts.HeartbeatOutcome;
import dev.aicore.discovery.client.ClientCounts.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counters of a client. Thread-safe. */
final class ClientCounters {

    private final Map<ServiceChange.Type, LongAdder> changes = counters(ServiceChange.Type.class);
    private final Map<Interruption, LongAdder> reconnects = counters(Interruption.class);
    private final Map<HeartbeatOutcome, LongAdder> heartbeats = counters(HeartbeatOutcome.class);
    private final LongAdder timedChanges = new LongAdder();
    private final LongAdder delayMillis = new LongAdder();

    private static <K extends Enum<K>> Map<K, LongAdder> counters(Class<K> type) {
        var counters = new EnumMap<K, LongAdder>(type);
        for (K key : type.getEnumConstants()) {
            counters.put(key, new LongAdder());
        }
        return counters;
    }

    /**
     * Counts an applied change.
     *
     * @param at when it happened, by the clock of the registry; null if that is unknown
     */
    void change(ServiceChange.Type type, @Nullable Instant at, Instant now) {
        increment(changes, type);
        if (at != null) {
            timedChanges.increment();
            delayMillis.add(Math.max(0, Duration.between(at, now).toMillis()));
        }
    }

    void reconnect(Interruption cause) {
        increment(reconnects, cause);
    }

    void heartbeat(HeartbeatOutcome outcome) {
        increment(heartbeats, outcome);
    }

    private static <K> void increment(Map<K, LongAdder> counters, K key) {
        var counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }

    long reconnects() {
        return reconnects.values().stream().mapToLong(LongAdder::sum).sum();
    }

    ClientCounts counts() {
        return new ClientCounts(
                sums(changes),
                timedChanges.sum(),
                Duration.ofMillis(delayMillis.sum()),
                sums(reconnects),
                sums(heartbeats));
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> counters) {
        var sums = new HashMap<K, Long>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }
}
