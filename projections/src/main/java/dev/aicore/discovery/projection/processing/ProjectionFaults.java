package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Collects the faults that stop a projection, by segment. */
final class ProjectionFaults {

    /** Key of faults of the stream itself, rather than of a segment. */
    static final int STREAM = -1;

    private final Map<Integer, Fault> byPart = new ConcurrentHashMap<>();

    /**
     * Fault of a projection.
     *
     * @param reason stable word, such as {@code newer_event}
     * @param detail description in a sentence
     */
    record Fault(String reason, String detail) {}

    /** Returns the reason for a failed job: a newer event, an unreadable event, or any other failure. */
    static String reason(Exception failure) {
        return switch (failure) {
            case NewerEventException _ -> NewerEventException.CODE;
            case IllegalArgumentException _ -> "unreadable_event";
            default -> "job_failed";
        };
    }

    void raise(int part, String reason, String detail) {
        byPart.put(part, new Fault(reason, detail));
    }

    void clear(int part) {
        byPart.remove(part);
    }

    void clearAll() {
        byPart.clear();
    }

    Optional<Fault> worst() {
        return byPart.entrySet().stream()
                .min(Comparator.comparing(Map.Entry::getKey))
                .map(Map.Entry::getValue);
    }
}
