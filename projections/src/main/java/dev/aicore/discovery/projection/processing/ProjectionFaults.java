package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.wire.NewerEventException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What keeps a projection from going on, by the part of it that is kept. */
final class ProjectionFaults {

    /** What is wrong with the stream itself, rather than with a segment. */
    static final int STREAM = -1;

    private final Map<Integer, Fault> byPart = new ConcurrentHashMap<>();

    /**
     * Why it can't go on.
     *
     * @param reason a word that stays the same, such as {@code newer_event}
     * @param detail in a sentence
     */
    record Fault(String reason, String detail) {}

    /** The word for what stops a job: events that this version can't read, or anything else. */
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

    Optional<Fault> worst() {
        return byPart.entrySet().stream()
                .min(Comparator.comparing(Map.Entry::getKey))
                .map(Map.Entry::getValue);
    }
}
