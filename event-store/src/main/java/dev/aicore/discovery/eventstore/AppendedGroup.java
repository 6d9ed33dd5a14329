package dev.aicore.discovery.eventstore;

import java.util.List;

/**
 * Events that became durable by one statement.
 *
 * @param receipt their positions, which follow on each other, and when they were recorded
 * @param events in order of position
 */
public record AppendedGroup(AppendResult receipt, List<NewEvent> events) {

    /** Position of the last fact; 0 if there is none. */
    public long lastFact() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).fact()) {
                return receipt.firstPosition() + i;
            }
        }
        return 0;
    }
}
