package dev.aicore.discovery.eventstore;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Some events in the order of their positions.
 *
 * @param events of today's revisions
 * @param readTo the position to read on from; it may lie beyond the last event, and equals the one asked for at the end
 * @param full   whether there may be more right now
 */
public record EventPage(List<TrackedEventMessage<?>> events, long readTo, boolean full) {

    public EventPage {
        events = List.copyOf(events);
    }
}
