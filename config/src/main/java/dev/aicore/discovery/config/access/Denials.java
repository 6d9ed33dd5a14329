package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts who was not let in: for ever by code and permission, and minute by minute by who it was and what they wanted. The log gets
 * one line for each minute that had any, so that a flood of them fills nothing.
 */
final class Denials {

    static final String METER = "service_discovery.access.denials";

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
    private static final int MOST_KINDS = 1_000;
    private static final int MOST_TOLD = 5;
    private static final long MINUTE = 60_000;

    private record Kind(String who, String wanted) {}

    private record Metered(String code, String wanted) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<Metered, Counter> counters = new ConcurrentHashMap<>();
    private final LongAdder all = new LongAdder();
    private volatile Map<Kind, LongAdder> ofMinute = new ConcurrentHashMap<>();
    private volatile long minute;

    Denials(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    /**
     * One more.
     *
     * @param who a principal, or the network of somebody unknown
     * @param asked the route that was wanted; null if there is none
     */
    void count(RegistryException denial, String who, @Nullable RouteRule asked) {
        var wanted = asked == null ? "none" : asked.permission().word();
        counters.computeIfAbsent(new Metered(denial.code().code(), wanted), this::counter)
                .increment();
        turn();
        var kinds = ofMinute;
        all.increment();
        var kind = new Kind(who, wanted);
        if (kinds.size() < MOST_KINDS || kinds.containsKey(kind)) {
            kinds.computeIfAbsent(kind, _ -> new LongAdder()).increment();
        }
    }

    private void turn() {
        long now = time.now().toEpochMilli() / MINUTE;
        if (now != minute) {
            end(now);
        }
    }

    private synchronized void end(long now) {
        if (now == minute) {
            return;
        }
        var over = ofMinute;
        long total = all.sumThenReset();
        ofMinute = new ConcurrentHashMap<>();
        minute = now;
        if (total > 0) {
            LOG.warn("{} requests were denied within a minute; most of them: {}", total, most(over));
        }
    }

    private static String most(Map<Kind, LongAdder> over) {
        return over.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Kind, LongAdder> entry) ->
                                entry.getValue().sum())
                        .reversed())
                .limit(MOST_TOLD)
                .map(entry -> entry.getKey().who() + " (" + entry.getKey().wanted() + ") "
                        + entry.getValue().sum())
                .collect(Collectors.joining(", "));
    }

    private Counter counter(Metered metered) {
        return Counter.builder(METER)
                .description("Requests that the gate did not let in.")
                .tag("code", metered.code())
                .tag("permission", metered.wanted())
                .register(registry);
    }
}
