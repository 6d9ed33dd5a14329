package dev.aicore.discovery.eventstore.wire;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** Defines the upcasters of events of past revisions. Each upcasts by one revision. */
public final class Upcasters {

    private Upcasters() {}

    /** Returns all upcasters in the order in which they apply. */
    public static EventUpcasterChain chain() {
        return new EventUpcasterChain(List.of(
                // Before the initial health was introduced, every instance counted as healthy.
                new DefaultFieldsUpcaster(
                        "InstanceRegistered", 1, fact -> fact.put("initial_health", HealthState.HEALTHY.jsonName())),
                // Before maintenance was introduced, every instance was active.
                new DefaultFieldsUpcaster(
                        "InstanceUpdated", 1, fact -> fact.put("declared", AdminState.ACTIVE.jsonName())),
                // Before active checks were introduced, nothing was damped, and no results were recorded.
                new DefaultFieldsUpcaster("HealthChanged", 1, fact -> {
                    fact.put("passes_needed", 0);
                    fact.putArray("results");
                })));
    }
}
