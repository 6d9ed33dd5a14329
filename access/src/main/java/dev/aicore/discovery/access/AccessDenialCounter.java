package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
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
 * Counts denied requests: by meters per error code and permission, and per minute by caller, route and code. Logs one
 * line for each minute that had denials. Offers each completed minute for persistence. Memory is bounded, however many
 * requests are denied.
 */
public final class AccessDenialCounter {

    /** Counted in place of caller, route and code once a minute has {@link #MAX_KEYS} distinct ones. */
    public static final String OTHER = "other";

    static final String METER = "service_discovery.access.denials";

    /** Maximum number of distinct combinations in a minute; further ones are counted together. */
    static final int MAX_KEYS = 100;

    /** Maximum number of completed minutes that wait for persistence; beyond that, the oldest one is discarded. */
    public static final int MAX_MINUTES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(AccessDenialCounter.class);
    private static final DenialKey OVERFLOW_KEY = new DenialKey(OTHER, OTHER, OTHER);
    private static final int MAX_LOGGED = 5;
    private static final long MINUTE = 60_000;

    private record DenialKey(String who, String route, String code) {}

    private record CounterKey(String code, String wanted) {}

    /**
     * Number of denials of one caller, route and code in one minute.
     *
     * @param minute start of the minute
     * @param who principal, or network of an unauthenticated caller, or {@link #OTHER}
     * @param route method and template of the route; {@code none} if the path has no route
     * @param code error code of the refusal
     */
    public record MinuteCount(Instant minute, String who, String route, String code, long count) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();
    private final Deque<List<MinuteCount>> completedMinutes = new ArrayDeque<>();
    private volatile Map<DenialKey, LongAdder> ofMinute = new ConcurrentHashMap<>();
    private volatile long minute;

    AccessDenialCounter(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        this.minute = currentMinute();
    }

    /**
     * Counts a denial.
     *
     * @param caller principal, or network of an unauthenticated caller
     * @param permission permission of the requested route; null if the path has no route
     */
    void count(RegistryException refusal, String caller, @Nullable RoutePermission permission) {
        var code = refusal.code().code();
        counters.computeIfAbsent(
                        new CounterKey(
                                code,
                                permission == null
                                        ? "none"
                                        : permission.permission().displayName()),
                        this::counter)
                .increment();
        rotateIfDue();
        var kinds = ofMinute;
        var denialKey = new DenialKey(
                caller, permission == null ? "none" : permission.method() + " " + permission.template(), code);
        kinds.computeIfAbsent(
                        kinds.size() < MAX_KEYS || kinds.containsKey(denialKey) ? denialKey : OVERFLOW_KEY,
                        _ -> new LongAdder())
                .increment();
    }

    /** Returns the oldest completed minute that hasn't been persisted; null if there is none. */
    public @Nullable List<MinuteCount> oldestCompleted() {
        rotateIfDue();
        synchronized (this) {
            return completedMinutes.peekFirst();
        }
    }

    /** Removes a completed minute, which has been persisted. */
    public synchronized void removePersisted(List<MinuteCount> counted) {
        completedMinutes.removeFirstOccurrence(counted);
    }

    /** Completes the current minute early, because the process ends. */
    public void end() {
        end(minute + 1);
    }

    private void rotateIfDue() {
        long now = currentMinute();
        if (now > minute) {
            end(now);
        }
    }

    private long currentMinute() {
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
        completedMinutes.addLast(List.copyOf(counted));
        if (completedMinutes.size() > MAX_MINUTES) {
            completedMinutes.removeFirst();
        }
        LogEvent.REQUESTS_DENIED
                .on(LOG)
                .log(
                        "{} requests were denied within a minute; most frequent: {}",
                        counted.stream().mapToLong(MinuteCount::count).sum(),
                        counted.stream()
                                .limit(MAX_LOGGED)
                                .map(one -> one.who() + " (" + one.route() + ", " + one.code() + ") " + one.count())
                                .collect(Collectors.joining("; ")));
    }

    private Counter counter(CounterKey counterKey) {
        return Counter.builder(METER)
                .description("Requests that access control denied.")
                .tag("code", counterKey.code())
                .tag("permission", counterKey.wanted())
                .register(registry);
    }
}
