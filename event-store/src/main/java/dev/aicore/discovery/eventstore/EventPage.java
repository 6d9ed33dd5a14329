package dev.aicore.discovery.eventstore;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Page of events in the order of their positions.
 *
 * @param events events of the current revisions
 * @param readTo position to continue from; may lie beyond the last event, and equals the requested position at the end
 * @param full true if there may be more events at present
 */
public record EventPage(List<TrackedEventMessage<?>> events, long readTo, boolean full) {

    public EventPage {
        events = List.copyOf(events);
    }
}
