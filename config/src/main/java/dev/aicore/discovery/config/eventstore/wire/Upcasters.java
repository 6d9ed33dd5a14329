package dev.aicore.discovery.config.eventstore.wire;

import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** What brings events of past revisions up to today's, each by one revision. */
public final class Upcasters {

    private Upcasters() {}

    /** All of them, in the order in which they apply. */
    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(List.of(new InitialHealthUpcaster(), new DeclaredUpcaster()));
    }
}
