package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.eventstore.AppendListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Records the Prometheus metrics of what this process appends to the event store. */
final class AppendMetrics implements AppendListener {

    private final Counter statements;
    private final Counter facts;
    private final Counter observations;

    /** @param isOwner returns true while this process owns the event store */
    AppendMetrics(MeterRegistry registry, BooleanSupplier isOwner) {
        Gauge.builder("service_discovery.store.owner", () -> isOwner.getAsBoolean() ? 1 : 0)
                .description("1 if this process owns the event store, 0 if another one does.")
                .register(registry);
        statements = Counter.builder("service_discovery.appends")
                .description("Statements that made events durable.")
                .register(registry);
        facts = events(registry, "fact");
        observations = events(registry, "observation");
    }

    @Override
    public void onAppended(AppendedGroup group) {
        int appendedFacts = 0;
        for (var event : group.events()) {
            appendedFacts += event.fact() ? 1 : 0;
        }
        statements.increment();
        facts.increment(appendedFacts);
        observations.increment(group.events().size() - appendedFacts);
    }

    private static Counter events(MeterRegistry registry, String kind) {
        return Counter.builder("service_discovery.appended.events")
                .tag("kind", kind)
                .description("Events that are durable; an observation has the heartbeats and check results of a batch.")
                .register(registry);
    }
}
