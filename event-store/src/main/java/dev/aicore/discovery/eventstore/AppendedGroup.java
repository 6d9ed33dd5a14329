package dev.aicore.discovery.eventstore;

import java.util.List;

/**
 * Group of events that one statement made durable.
 *
 * @param receipt positions of the events, which are consecutive, and their recording time
 * @param events events in order of position
 */
public record AppendedGroup(AppendResult receipt, List<NewEvent> events) {

    /** Returns the position of the last fact; 0 if the group has none. */
    public long lastFact() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).fact()) {
                return receipt.firstPosition() + i;
            }
        }
        return 0;
    }
}
