package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Buffers the last appended facts without gaps, bounded in number and bytes. Evicts the oldest facts first.
 * Thread-safe; a single thread adds.
 */
public final class RecentFactBuffer {

    private final int maxFacts;
    private final long maxBytes;
    private final ArrayDeque<LiveFact> buffered = new ArrayDeque<>();
    private final Map<String, ArrayDeque<LiveFact>> byService = new HashMap<>();
    private long bytes;
    private long from;
    private long upTo;

    /**
     * Creates an empty buffer.
     *
     * @param maxFacts maximum number of facts
     * @param maxBytes maximum length of the facts' stored forms together
     */
    public RecentFactBuffer(int maxFacts, long maxBytes) {
        this.maxFacts = maxFacts;
        this.maxBytes = maxBytes;
    }

    /**
     * Facts of a service, or of all services, after a position.
     *
     * @param upTo position up to which the facts are complete
     */
    public record FactTail(List<LiveFact> facts, long upTo) {}

    /** Returns the position up to which all facts are known; 0 before the first one. */
    public synchronized long upTo() {
        return upTo;
    }

    /** Returns the facts of a service after a position in order; empty if some of them may have been evicted. */
    public synchronized Optional<FactTail> after(String service, long position) {
        return tail(byService.getOrDefault(service, new ArrayDeque<>()), position);
    }

    /** Returns the facts of all services after a position in order; empty if some of them may have been evicted. */
    public synchronized Optional<FactTail> afterAll(long position) {
        return tail(buffered, position);
    }

    private Optional<FactTail> tail(Deque<LiveFact> ordered, long position) {
        if (position < from) {
            return Optional.empty();
        }
        var facts = new ArrayList<LiveFact>();
        var latest = ordered.descendingIterator();
        while (latest.hasNext()) {
            var fact = latest.next();
            if (fact.position() <= position) {
                break;
            }
            facts.add(fact);
        }
        return Optional.of(new FactTail(facts.reversed(), upTo));
    }

    /**
     * Returns the position of the last fact per service after {@code position} and up to {@code end}; empty if some may
     * have been evicted.
     */
    synchronized Optional<Map<String, Long>> lastBetween(long position, long end) {
        if (position < from) {
            return Optional.empty();
        }
        var last = new HashMap<String, Long>();
        var latest = buffered.descendingIterator();
        while (latest.hasNext()) {
            var fact = latest.next();
            if (fact.position() <= position) {
                break;
            }
            if (fact.position() <= end) {
                last.putIfAbsent(fact.fact().service(), fact.position());
            }
        }
        return Optional.of(last);
    }

    /** Adds facts, which must be all between the last position and {@code last}. */
    synchronized void add(List<LiveFact> facts, long last) {
        for (var fact : facts) {
            buffered.add(fact);
            byService
                    .computeIfAbsent(fact.fact().service(), name -> new ArrayDeque<>(2))
                    .add(fact);
            bytes += fact.bytes();
        }
        upTo = last;
        while (buffered.size() > maxFacts || bytes > maxBytes) {
            removeOldest();
        }
    }

    /** Discards all facts; those up to a position are unknown from then on. */
    synchronized void restart(long position) {
        buffered.clear();
        byService.clear();
        bytes = 0;
        from = position;
        upTo = position;
    }

    private void removeOldest() {
        var oldest = buffered.remove();
        Deque<LiveFact> ofService = byService.getOrDefault(oldest.fact().service(), new ArrayDeque<>());
        ofService.poll();
        if (ofService.isEmpty()) {
            byService.remove(oldest.fact().service());
        }
        bytes -= oldest.bytes();
        from = oldest.position();
    }

    /**
     * Fact about an instance as it was appended.
     *
     * @param position of the fact in the store
     * @param recordedAt time at which the store recorded it
     * @param bytes length of its stored form
     */
    public record LiveFact(InstanceFact fact, long position, Instant recordedAt, int bytes) {}

    /**
     * Receives notifications of facts that were added to {@link RecentFactBuffer}. Called on a single thread; must
     * return quickly.
     */
    @FunctionalInterface
    public interface LiveFactListener {

        /** Handles the addition of facts of a service. */
        void changed(String service);
    }
}
