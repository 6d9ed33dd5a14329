package dev.aicore.discovery.bench.writes.naive;

import dev.aicore.discovery.api.instance.Declaration;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Aggregate of one instance, as in tutorials. */
@AggregateRoot
final class NaiveInstance {

    record Register(@TargetAggregateIdentifier String id, Declaration declaration, long at) {}

    record Renew(@TargetAggregateIdentifier String id, long at) {}

    record Registered(String id, Declaration declaration, long at) {}

    record Renewed(String id, long at) {}

    @AggregateIdentifier
    private @Nullable String id;

    private long renewedAt;

    /** Required by the framework. */
    NaiveInstance() {}

    @CommandHandler
    NaiveInstance(Register command) {
        AggregateLifecycle.apply(new Registered(command.id(), command.declaration(), command.at()));
    }

    /**
     * Renews the lease.
     *
     * @return time of the renewal
     */
    @CommandHandler
    long renew(Renew command) {
        AggregateLifecycle.apply(new Renewed(Objects.requireNonNull(id), Math.max(renewedAt, command.at())));
        return renewedAt;
    }

    @EventSourcingHandler
    void on(Registered registered) {
        id = registered.id();
        renewedAt = registered.at();
    }

    @EventSourcingHandler
    void on(Renewed renewed) {
        renewedAt = renewed.at();
    }
}
