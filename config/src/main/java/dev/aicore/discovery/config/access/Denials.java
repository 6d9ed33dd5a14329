package dev.aicore.discovery.config.access;

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
public final class Denials {

    /** What those are counted as that come when there are as many kinds as there may be. */
    public static final String OTHER = "other";

    static final String METER = "service_discovery.access.denials";

    /** In a minute; what comes beyond is counted together. */
    static final int MOST_KINDS = 100;

    /** That wait to be written down; of more, the eldest are given up. */
    public static final int MOST_MINUTES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
    private static final Kind REST = new Kind(OTHER, OTHER, OTHER);
    private static final int MOST_TOLD = 5;
    private static final long MINUTE = 60_000;

    private record Kind(String who, String route, String code) {}

    private record Metered(String code, String wanted) {}

    /**
     * How often somebody wasn't let in, in one minute.
     *
     * @param minute when it began
     * @param who a principal, the network of somebody unknown, or {@link #OTHER}
     * @param route its method and template; {@code none} for what is no route
     * @param code why not, as problems say it
     */
    public record Counted(Instant minute, String who, String route, String code, long count) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<Metered, Counter> counters = new ConcurrentHashMap<>();
    private final Deque<List<Counted>> over = new ArrayDeque<>();
    private volatile Map<Kind, LongAdder> ofMinute = new ConcurrentHashMap<>();
    private volatile long minute;

    Denials(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        this.minute = present();
    }

    /**
     * One more.
     *
     * @param who a principal, or the network of somebody unknown
     * @param asked the route that was wanted; null if there is none
     */
    void count(RegistryException denial, String who, @Nullable RouteRule asked) {
        var code = denial.code().code();
        counters.computeIfAbsent(
                        new Metered(
                                code,
                                asked == null ? "none" : asked.permission().word()),
                        this::counter)
                .increment();
        turn();
        var kinds = ofMinute;
        var kind = new Kind(who, asked == null ? "none" : asked.method() + " " + asked.template(), code);
        kinds.computeIfAbsent(kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : REST, _ -> new LongAdder())
                .increment();
    }

    /** The eldest minute that is over, and that nobody has written down; null if there is none. */
    public @Nullable List<Counted> eldest() {
        turn();
        synchronized (this) {
            return over.peekFirst();
        }
    }

    /** It is written down. */
    public synchronized void written(List<Counted> counted) {
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
        var counted = new ArrayList<Counted>();
        kinds.forEach(
                (kind, count) -> counted.add(new Counted(began, kind.who(), kind.route(), kind.code(), count.sum())));
        counted.sort(Comparator.comparingLong(Counted::count).reversed());
        over.addLast(List.copyOf(counted));
        if (over.size() > MOST_MINUTES) {
            over.removeFirst();
        }
        LOG.warn(
                "{} requests were denied within a minute; most of them: {}",
                counted.stream().mapToLong(Counted::count).sum(),
                counted.stream()
                        .limit(MOST_TOLD)
                        .map(one -> one.who() + " (" + one.route() + ", " + one.code() + ") " + one.count())
                        .collect(Collectors.joining("; ")));
    }

    private Counter counter(Metered metered) {
        return Counter.builder(METER)
                .description("Requests that the gate did not let in.")
                .tag("code", metered.code())
                .tag("permission", metered.wanted())
                .register(registry);
    }
}
