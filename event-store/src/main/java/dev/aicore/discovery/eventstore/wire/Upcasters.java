package dev.aicore.discovery.eventstore.wire;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.HealthState;
import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** What brings events of past revisions up to today's, each by one revision. */
public final class Upcasters {

    private Upcasters() {}

    /** All of them, in the order in which they apply. */
    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(List.of(
                // Before there was an initial health, every instance counted as healthy.
                new DefaultFieldsUpcaster(
                        "InstanceRegistered", 1, fact -> fact.put("initial_health", HealthState.HEALTHY.word())),
                // Before an instance could be put into maintenance, every one was active.
                new DefaultFieldsUpcaster("InstanceUpdated", 1, fact -> fact.put("declared", AdminState.ACTIVE.word())),
                // Before there were active checks, nothing was damped, and no results were kept.
                new DefaultFieldsUpcaster("HealthChanged", 1, fact -> {
                    fact.put("passes_needed", 0);
                    fact.putArray("results");
                })));
    }
}
