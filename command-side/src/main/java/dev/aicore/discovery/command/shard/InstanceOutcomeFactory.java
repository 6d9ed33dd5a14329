package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.instance.Declaration;
import java.time.Instant;

/** Creates the outcome that contains an instance's state, including pending observations of the batch. */
final class InstanceOutcomeFactory {

    private final DecisionContext context;
    private final LeaseCalculator leases;

    InstanceOutcomeFactory(DecisionContext context, LeaseCalculator leases) {
        this.context = context;
        this.leases = leases;
    }

    Outcome stored(Instance instance, Declaration declaration, Change change) {
        long renewedAt =
                context.hasPendingRenewal(instance) ? Math.max(context.now(), instance.renewedAt) : instance.renewedAt;
        return new Outcome.Stored(
                change,
                instance.owner,
                instance.version,
                declaration,
                instance.state(),
                Instant.ofEpochMilli(instance.registeredAt),
                Instant.ofEpochMilli(instance.changedAt),
                Instant.ofEpochMilli(renewedAt),
                leases.upcomingLease(instance));
    }
}
