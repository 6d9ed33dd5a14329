package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts who was not let in: for ever by code and permission, and minute by minute by who it was, what they wanted and why not. The log
 * gets one line for each minute that had any, and whoever writes them down gets each minute once it is over; a flood of them fills nothing.
 */
public final class AccessDenialCounter {

    /** What those are counted as that come when there are as many kinds as there may be. */
    public static final String OTHER = "other";

    static final String METER = "service_discovery.access.denials";

    /** In a minute; what comes beyond is counted together. */
    static final int MAX_KEYS = 100;

    /** That wait to be written down; of more, the eldest are given up. */
    public static final int MAX_MINUTES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(AccessDenialCounter.class);
    private static final DenialKey REST = new DenialKey(OTHER, OTHER, OTHER);
    private static final int MAX_LOGGED = 5;
    private static final long MINUTE = 60_000;

    private record DenialKey(String who, String route, String code) {}

    private record CounterKey(String code, String wanted) {}

    /**
     * How often somebody wasn't let in, in one minute.
     *
     * @param minute when it began
     * @param who a principal, the network of somebody unknown, or {@link #OTHER}
     * @param route its method and template; {@code none} for what is no route
     * @param code why not, as problems say it
     */
    public record MinuteCount(Instant minute, String who, String route, String code, long count) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();
    private final Deque<List<MinuteCount>> over = new ArrayDeque<>();
    private volatile Map<DenialKey, LongAdder> ofMinute = new ConcurrentHashMap<>();
    private volatile long minute;

    AccessDenialCounter(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        this.minute = present();
    }

    /**
     * One more.
     *
     * @param who a principal, or the network of somebody unknown
     * @param permission the route that was wanted; null if there is none
     */
    void count(RegistryException refusal, String who, @Nullable RoutePermission permission) {
        var code = refusal.code().code();
        counters.computeIfAbsent(
                        new CounterKey(
                                code,
                                permission == null
                                        ? "none"
                                        : permission.permission().word()),
                        this::counter)
                .increment();
        turn();
        var kinds = ofMinute;
        var denialKey = new DenialKey(
                who, permission == null ? "none" : permission.method() + " " + permission.template(), code);
        kinds.computeIfAbsent(
                        kinds.size() < MAX_KEYS || kinds.containsKey(denialKey) ? denialKey : REST,
                        _ -> new LongAdder())
                .increment();
    }

    /** The eldest minute that is over, and that nobody has written down; null if there is none. */
    public @Nullable List<MinuteCount> oldestCompleted() {
        turn();
        synchronized (this) {
            return over.peekFirst();
        }
    }

    /** It is written down. */
    public synchronized void written(List<MinuteCount> counted) {
        over.removeFirstOccurrence(counted);
    }

    /** Ends the present minute before its time, since the process ends. */
    public void end() {
        end(minute + 1);
    }

    private void turn() {
        long now = present();
        if (now > minute) {
            end(now);
        }
    }

    private long present() {
        return time.now().toEpochMilli() / MINUTE;
    }

    private synchronized void end(long now) {
        if (now <= minute) {
            return;
        }
        var kinds = ofMinute;
        var began = Instant.ofEpochMilli(minute * MINUTE);
        ofMinute = new ConcurrentHashMap<>();
        minute = now;
        if (kinds.isEmpty()) {
            return;
        }
        var counted = new ArrayList<MinuteCount>();
        kinds.forEach((denialKey, count) ->
                counted.add(new MinuteCount(began, denialKey.who(), denialKey.route(), denialKey.code(), count.sum())));
        counted.sort(Comparator.comparingLong(MinuteCount::count).reversed());
        over.addLast(List.copyOf(counted));
        if (over.size() > MAX_MINUTES) {
            over.removeFirst();
        }
        LOG.warn(
                "{} requests were denied within a minute; most of them: {}",
                counted.stream().mapToLong(MinuteCount::count).sum(),
                counted.stream()
                        .limit(MAX_LOGGED)
                        .map(one -> one.who() + " (" + one.route() + ", " + one.code() + ") " + one.count())
                        .collect(Collectors.joining("; ")));
    }

    private Counter counter(CounterKey counterKey) {
        return Counter.builder(METER)
                .description("Requests that the gate did not let in.")
                .tag("code", counterKey.code())
                .tag("permission", counterKey.wanted())
                .register(registry);
    }
}
