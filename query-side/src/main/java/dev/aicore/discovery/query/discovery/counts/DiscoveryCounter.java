package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCount;
import dev.aicore.discovery.web.NameRules;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts per minute which principal got answers about which service, and their positions. Offers each completed minute
 * for persistence. Anonymous callers aren't counted.
 *
 * <p>Counting takes no lock, except for the first answer of a minute or of a new position. Bounded in number and in
 * memory; concurrent requests may exceed the bounds by their number. An answer counted in the moment in which its
 * minute is written may be lost.
 */
public final class DiscoveryCounter {

    /** Maximum number of completed minutes that wait for persistence; beyond that, the oldest one is discarded. */
    static final int MAX_WAITING_MINUTES = 60;

    private static final long MINUTE_MS = 60_000;

    private final TimeSource time;
    private final int maxPerMinute;
    private final long maxBytes;
    private final Deque<CountedMinute> waiting = new ArrayDeque<>();
    private final LongAdder uncounted = new LongAdder();
    private final LongAdder unwritten = new LongAdder();
    private volatile long waitingBytes;
    private volatile CountedMinute current;

    /**
     * Creates an empty counter.
     *
     * @param maxPerMinute maximum number of pairs of principal and service in a minute; 0 to count none
     * @param maxBytes maximum memory of the current and the waiting minutes
     */
    DiscoveryCounter(TimeSource time, int maxPerMinute, long maxBytes) {
        this.time = time;
        this.maxPerMinute = maxPerMinute;
        this.maxBytes = maxBytes;
        this.current = new CountedMinute(minuteNow());
    }

    private record PairKey(String principal, String service) {

        /** Bytes of a counter with its place in the map, without the characters of its key. */
        private static final int COUNTER_BYTES = 300;

        /** Returns the estimated memory of the key and its counter. */
        long bytes() {
            return COUNTER_BYTES + 2L * (principal.length() + service.length());
        }
    }

    /** Answers to a principal about a service. */
    private static final class AnswerCount {

        private final LongAdder answers = new LongAdder();
        private volatile long firstPosition;
        private volatile long lastPosition;

        AnswerCount(long position) {
            this.firstPosition = position;
            this.lastPosition = position;
        }

        void add(long position) {
            answers.increment();
            if (position < firstPosition || position > lastPosition) {
                extend(position);
            }
        }

        private synchronized void extend(long position) {
            firstPosition = Math.min(firstPosition, position);
            lastPosition = Math.max(lastPosition, position);
        }
    }

    /** Counts of one minute. */
    static final class CountedMinute {

        private final long number;
        private final Map<PairKey, AnswerCount> counts = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();

        private CountedMinute(long number) {
            this.number = number;
        }

        List<DiscoveryCount> counts() {
            var minute = Instant.ofEpochMilli(number * MINUTE_MS);
            return counts.entrySet().stream()
                    .map(entry -> new DiscoveryCount(
                            minute,
                            entry.getKey().principal(),
                            entry.getKey().service(),
                            entry.getValue().answers.sum(),
                            entry.getValue().firstPosition,
                            entry.getValue().lastPosition))
                    .toList();
        }

        private long answers() {
            return counts.values().stream()
                    .mapToLong(count -> count.answers.sum())
                    .sum();
        }
    }

    /**
     * Counts an answer. Never waits for a write.
     *
     * @param position of the answer
     */
    public void count(Caller caller, String service, long position) {
        if (maxPerMinute == 0 || caller.isAnonymous()) {
            return;
        }
        var minute = currentMinute();
        var pair = new PairKey(caller.principal(), service);
        var known = minute.counts.get(pair);
        var count = known == null ? create(minute, pair, position) : known;
        if (count != null) {
            count.add(position);
        }
    }

    private @Nullable AnswerCount create(CountedMinute minute, PairKey pair, long position) {
        // Dialects answer for any name, but no service can have every name, and PostgreSQL doesn't store every text.
        if (!NameRules.isService(pair.service())) {
            return null;
        }
        long size = pair.bytes();
        if (minute.counts.size() >= maxPerMinute || !makeRoom(minute, size)) {
            uncounted.increment();
            return null;
        }
        return minute.counts.computeIfAbsent(pair, _ -> {
            minute.bytes.addAndGet(size);
            return new AnswerCount(position);
        });
    }

    private boolean makeRoom(CountedMinute minute, long size) {
        while (minute.bytes.get() + waitingBytes + size > maxBytes) {
            if (!discardOldest()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the oldest completed minute that hasn't been persisted; null if there is none. */
    @Nullable
    CountedMinute oldestCompleted() {
        currentMinute();
        synchronized (this) {
            return waiting.peekFirst();
        }
    }

    /** Removes a completed minute, which has been persisted. */
    synchronized void removePersisted(CountedMinute minute) {
        if (waiting.remove(minute)) {
            measureWaiting();
        }
    }

    /** Completes the current minute early, because the process ends. */
    public void end() {
        rotate(current.number + 1);
    }

    /** Returns the numbers of answers that were dropped, by reason. */
    List<Sample> dropped() {
        return List.of(sample("limit", uncounted), sample("unwritten", unwritten));
    }

    private CountedMinute currentMinute() {
        long now = minuteNow();
        var minute = current;
        return now > minute.number ? rotate(now) : minute;
    }

    private long minuteNow() {
        return time.now().toEpochMilli() / MINUTE_MS;
    }

    private synchronized CountedMinute rotate(long now) {
        if (now > current.number) {
            if (!current.counts.isEmpty()) {
                waiting.addLast(current);
                measureWaiting();
            }
            current = new CountedMinute(now);
            if (waiting.size() > MAX_WAITING_MINUTES) {
                discardOldest();
            }
        }
        return current;
    }

    /** Discards the oldest waiting minute; returns false if there is none. */
    private synchronized boolean discardOldest() {
        var oldest = waiting.pollFirst();
        if (oldest == null) {
            return false;
        }
        unwritten.add(oldest.answers());
        measureWaiting();
        return true;
    }

    private void measureWaiting() {
        waitingBytes = waiting.stream().mapToLong(minute -> minute.bytes.get()).sum();
    }

    private static Sample sample(String reason, LongAdder count) {
        return new Sample(Map.of("reason", reason), count.sum());
    }
}
