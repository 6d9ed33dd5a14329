package dev.aicore.discovery.query.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the last facts that were appended, without a gap, bounded in number and in bytes: the oldest leave first. For use by many
 * threads, one of which adds.
 */
public final class RecentFactBuffer {

    private final int maxFacts;
    private final long maxBytes;
    private final ArrayDeque<LiveFact> all = new ArrayDeque<>();
    private final Map<String, ArrayDeque<LiveFact>> byService = new HashMap<>();
    private long bytes;
    private long from;
    private long upTo;

    /**
     * Holds nothing.
     *
     * @param maxBytes of the facts' stored forms together
     */
    public RecentFactBuffer(int maxFacts, long maxBytes) {
        this.maxFacts = maxFacts;
        this.maxBytes = maxBytes;
    }

    /**
     * The facts of a service behind a position.
     *
     * @param upTo all facts up to this position are among them
     */
    public record FactTail(List<LiveFact> facts, long upTo) {}

    /** Position up to which all facts are known; 0 before the first one. */
    public synchronized long upTo() {
        return upTo;
    }

    /** Returns the facts of a service behind a position in order; empty if some of them may have left. */
    public synchronized Optional<FactTail> behind(String service, long position) {
        if (position < from) {
            return Optional.empty();
        }
        var facts = new ArrayList<LiveFact>();
        var latest = byService.getOrDefault(service, new ArrayDeque<>()).descendingIterator();
        while (latest.hasNext()) {
            var fact = latest.next();
            if (fact.position() <= position) {
                break;
            }
            facts.add(fact);
        }
        return Optional.of(new FactTail(facts.reversed(), upTo));
    }

    /** Returns the position of the last fact of each service that has one behind {@code position} and up to {@code end}; empty if some may have left. */
    synchronized Optional<Map<String, Long>> lastBetween(long position, long end) {
        if (position < from) {
            return Optional.empty();
        }
        var last = new HashMap<String, Long>();
        var latest = all.descendingIterator();
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

    /** Adds all facts there are between the last position and {@code last}. */
    synchronized void add(List<LiveFact> facts, long last) {
        for (var fact : facts) {
            all.add(fact);
            byService
                    .computeIfAbsent(fact.fact().service(), name -> new ArrayDeque<>(2))
                    .add(fact);
            bytes += fact.bytes();
        }
        upTo = last;
        while (all.size() > maxFacts || bytes > maxBytes) {
            removeOldest();
        }
    }

    /** Forgets everything: the facts up to a position are unknown. */
    synchronized void restart(long position) {
        all.clear();
        byService.clear();
        bytes = 0;
        from = position;
        upTo = position;
    }

    private void removeOldest() {
        var oldest = all.remove();
        Deque<LiveFact> ofService = byService.getOrDefault(oldest.fact().service(), new ArrayDeque<>());
        ofService.poll();
        if (ofService.isEmpty()) {
            byService.remove(oldest.fact().service());
        }
        bytes -= oldest.bytes();
        from = oldest.position();
    }
}
